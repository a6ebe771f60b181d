import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, cliJson } from './run-cli.ts';
import { fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** The reactions' rows in the ledger of an event, those of replays too. */
async function reactionsTo(eventId: string): Promise<string[]> {
  const rows = (await pipeline.rows()).filter(({ event }) => event?.S === eventId);
  return rows.flatMap(({ stage }) => (stage?.S?.startsWith('react#') ? [stage.S] : []));
}

const since = () => new Date(Date.now() - 60_000).toISOString();

describe('fanout replay', () => {
  it("delivers the archive's events again to one domain, and repeats no reaction", async () => {
    const [event, other] = [fresh('invoice.payment_failed'), fresh('product.created')];
    for (const one of [event, other]) await pipeline.send(one);
    await pipeline.runtime.settled();
    const args = ['replay', '--from', since(), '--domain', 'billing'];

    const plan = await cliJson(pipeline, ...args);
    const before = pipeline.handledBy(event.id).length;
    const { code, data } = await cliJson(pipeline, ...args, '--yes');
    await pipeline.runtime.settled();

    expect([plan.data.done, before]).toEqual([false, 1]);
    expect({ code, state: data.state }).toEqual({ code: 0, state: 'COMPLETED' });
    expect(pipeline.handledBy(event.id)).toHaveLength(2);
    expect(pipeline.handledBy(other.id)).toHaveLength(1);
    expect(await reactionsTo(event.id)).toEqual(['react#billing#invoice.payment_failed']);
  });

  it('runs the reaction that was asked for, once for each replay', async () => {
    const event = fresh('invoice.payment_failed');
    await pipeline.send(event);
    await pipeline.runtime.settled();
    const args = ['replay', '--from', since(), '--domain', 'billing', '--rerun', 'invoice.payment_failed', '--yes'];

    const first = await cliJson(pipeline, ...args);
    const second = await cliJson(pipeline, ...args);
    await pipeline.runtime.settled();

    const once = 'react#billing#invoice.payment_failed';
    expect((await reactionsTo(event.id)).sort()).toEqual(
      [once, `${once}#${first.data.replay}`, `${once}#${second.data.replay}`].sort(),
    );
  });

  it('goes to a single rule by its name', async () => {
    const [event, other] = [fresh('charge.succeeded'), fresh('customer.created')];
    for (const one of [event, other]) await pipeline.send(one);
    await pipeline.runtime.settled();

    const rule = 'stripe-fanout-dev-Charge';
    const { data } = await cliJson(pipeline, 'replay', '--from', since(), '--rule', rule, '--yes');
    await pipeline.runtime.settled();

    expect(data.rules).toEqual([rule]);
    expect(pipeline.handledBy(event.id)).toHaveLength(2);
    expect(pipeline.handledBy(other.id)).toHaveLength(1);
  });

  it('goes to all domains when none is named, and to no notification a second time', async () => {
    const { data } = await cliJson(pipeline, 'replay', '--from', since(), '--yes');
    await pipeline.runtime.settled();

    expect(data.rules).toHaveLength(73);
    expect(data.rules).not.toContain('stripe-fanout-dev-Thin');
  });

  it.each([
    [['--domain', 'billing'], '--from TIME'],
    [['--from', 'yesterday', '--domain', 'billing'], 'is not a time'],
    [['--from', '2h', '--to', '3h', '--domain', 'billing'], '--from is not before --to'],
    [['--from', '2h', '--domain', 'core', '--rule', 'r'], 'not both'],
    [['--from', '2h', '--domain', 'core', '--rerun', 'invoice.paid'], 'say --domain billing'],
  ])('says what is wrong with %j', async (args, hint) => {
    const { code, stderr } = await cli(pipeline, 'replay', ...args);

    expect(stderr).toContain(hint);
    expect(code).toBe(2);
  });

  it('names a rule that the bus does not have', async () => {
    const { code, stdout } = await cli(pipeline, 'replay', '--from', '2h', '--rule', 'nobody');

    expect(stdout).toContain('no rule nobody');
    expect(code).toBe(1);
  });
});
