import { setTimeout as sleep } from 'node:timers/promises';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { counted } from './fill-dlq.ts';
import { cli, startCli, startCliOn } from './run-cli.ts';
import { breakUntilMended, startPipeline, stripeBeside } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
let secrets: SecretsManagerClient;
beforeAll(async () => {
  pipeline = await startPipeline();
  secrets = new SecretsManagerClient(pipeline.aws);
  const SecretId = pipeline.runtime.outputs.SigningSecretName;
  await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: '{"_placeholder":"0123"}' }));
  for (const mode of ['test', 'live']) {
    await cli(pipeline, 'destinations', 'apply', '--yes', '--settle-seconds', '0', '--mode', mode);
  }
  await restartIngress();
});
afterAll(async () => {
  secrets.destroy();
  await pipeline[Symbol.asyncDispose]();
});

/** Running instances read secrets again once a minute at most; a new one reads them at once. */
async function restartIngress(): Promise<void> {
  await pipeline.runtime.killWorkers('stripe-fanout-dev-ingress');
}

const stripe = () => stripeBeside(pipeline);

async function stored(): Promise<Record<string, readonly string[]>> {
  const SecretId = pipeline.runtime.outputs.SigningSecretName;
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  return JSON.parse(SecretString);
}

/** The own account's destinations of a style: one, and during a rotation two. */
function made(payload: 'snapshot' | 'thin', livemode = false) {
  const all = stripe().destinations.all(livemode);
  return all.filter((one) => one.payload === payload && one.eventsFrom.includes('@self'));
}

/** What must hold whenever a rotation has ended: one destination of each style, whose secret is stored, and no other. */
async function expectSettled(): Promise<void> {
  const { account, _awaited } = await stored();
  const now = [false, true].flatMap((livemode) => [...made('snapshot', livemode), ...made('thin', livemode)]);
  expect(now).toHaveLength(4);
  expect(account?.toSorted()).toEqual(now.map(({ secret }) => secret).sort());
  expect(_awaited).toEqual([]);
}

const ROTATE = ['destinations', 'rotate', 'account/snapshot', '--yes'];
/** In live mode Stripe tries for three days; in test mode three times, which an outage outlasts. */
const LIVE = [...ROTATE, '--mode', 'live'];

describe('a rotation', () => {
  it('under load, with an outage of the ingress in the middle, refuses and loses nothing', async () => {
    const events = counted(60, 500);
    const [before] = made('snapshot', true);
    const { ended } = startCliOn(pipeline, ...LIVE, '--settle-seconds', String(counted(4, 65)));
    // The full count waits as long as a deployed pipeline needs; the small one has new instances instead.
    const known =
      counted(1, 0) === 0
        ? Promise.resolve()
        : expect
            .poll(async () => (await stored())._awaited, { interval: 50 })
            .toHaveLength(1)
            .then(restartIngress);
    const ids: string[] = [];
    let mend = () => {};
    for (let n = 0; n < events; n += 1) {
      const [sent] = stripe().emit({ type: 'invoice.paid', livemode: true, tag: 'load' });
      ids.push(sent?.id ?? '');
      if (n === Math.floor(events / 2)) {
        const fault = { service: 'events', operation: 'PutEvents', times: 'always', error: 'InternalFailure' } as const;
        mend = breakUntilMended(pipeline, fault);
      }
      if (n === Math.floor(events * 0.7)) mend();
      await sleep(150);
    }
    await known;

    const { code, stdout } = await ended;
    await expect.poll(() => stripe().deliveries('load'), { timeout: 120_000 }).toMatchObject({ pending: 0 });

    const { refusals, failed } = stripe().deliveries('load');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/account\/snapshot: ed_\w+ → ed_/),
    });
    expect(made('snapshot', true).map(({ id }) => id)).not.toContain(before?.id);
    await expectSettled();
    // The outage is ours and answered 503, and an event that a killed instance had in hand 409; nothing is refused as wrong.
    expect(Object.keys(refusals).filter((status) => ['400', '404', '413'].includes(status))).toEqual([]);
    expect(refusals['503']).toBeGreaterThan(0);
    expect(failed).toBe(0);
    expect(ids.filter((id) => pipeline.published(id).length === 0)).toEqual([]);
  }, 300_000);

  it('does not delete a destination that still owes events, and goes on when they are on the bus', async () => {
    const fault = {
      service: 'events',
      operation: 'PutEvents',
      match: 'in_owed',
      times: 'always',
      error: 'InternalFailure',
    } as const;
    const mend = breakUntilMended(pipeline, fault);
    const object = { id: 'in_owed', object: 'invoice' };
    const [owed] = stripe().emit({ type: 'invoice.paid', object, livemode: true });

    const first = startCliOn(pipeline, ...LIVE, '--settle-seconds', '1', '--wait', '12s');
    await expect.poll(async () => (await stored())._awaited, { interval: 50 }).toHaveLength(1);
    await restartIngress();
    const gaveUp = await first.ended;
    expect(gaveUp).toMatchObject({ code: 1, stdout: expect.stringContaining(`still owes 1 events`) });
    expect(gaveUp.stdout).toContain(owed?.id);
    expect(made('snapshot', true)).toHaveLength(2);

    mend();
    const second = await cli(pipeline, ...LIVE, '--settle-seconds', '0', '--wait', '60s');

    expect(second).toMatchObject({ code: 0 });
    expect(pipeline.published(owed?.id ?? '')).toHaveLength(1);
    await expectSettled();
  });

  it('has what is owed fetched from Stripe’s list, where Stripe would not try again for hours', async () => {
    const [old] = made('snapshot', true);
    const created = Math.floor(Date.now() / 1_000) - 1_800;
    const event = sampleEvent('invoice.paid', { seed: 'owed for long', created, livemode: true });
    stripe()
      .world.snapshots.add({ livemode: true }, event)
      .deliveries.set(old?.id ?? '', 'failed');

    const { ended } = startCliOn(pipeline, ...LIVE, '--settle-seconds', '1', '--wait', '60s');
    await expect.poll(async () => (await stored())._awaited, { interval: 50 }).toHaveLength(1);
    await restartIngress();

    expect(await ended).toMatchObject({ code: 0 });
    expect(pipeline.published(event.id)).toMatchObject([{ fanout: { via: 'reconcile', destination: 'account' } }]);
    await expectSettled();
  });

  it('that is killed at any moment is taken up by the next one', async () => {
    for (let kill = 0; kill < counted(3, 12); kill += 1) {
      const { child, ended } = startCliOn(pipeline, ...ROTATE, '--settle-seconds', '0', '--wait', '30s');
      await sleep(700 + kill * counted(500, 150));
      child.kill('SIGKILL');
      await ended;
    }
    await restartIngress();

    const { code, stdout } = await cli(pipeline, ...ROTATE, '--settle-seconds', '0', '--wait', '60s');

    expect({ code, stdout }).toMatchObject({ code: 0 });
    await expectSettled();
  }, 240_000);

  it('takes a secret that was rolled in Stripe from standard input, and then forgets the old one', async () => {
    const [thin] = made('thin');
    if (thin === undefined) throw new Error('There is a destination for thin events.');
    // What rolling does: the destination stays, and signs with another secret from now on.
    Object.assign(thin, { secret: 'whsec_rolled' });
    const args = ['destinations', 'rotate', 'account/thin', '--secret-stdin', '--local', pipeline.runtime.url];

    const wrong = await startCli(args, 'sk_live_mistaken').ended;
    const { ended } = startCli(args, 'whsec_rolled\n');
    await expect.poll(async () => (await stored())._awaited, { interval: 50 }).toHaveLength(1);
    await restartIngress();
    const { code, stdout, stderr } = await ended;

    expect(wrong.code).toBe(1);
    expect(wrong.stdout + wrong.stderr).not.toContain('sk_live_mistaken');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('the old secret is gone') });
    expect(stdout + stderr).not.toContain('whsec_rolled');
    await expectSettled();
  });
});
