import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventBridgeDoneReplays } from '#functions/adapters/eventbridge-done-replays.ts';
import { checkDelivery } from '#functions/delivery-check/check-delivery.ts';
import { rulesOf } from '#functions/delivery-check/watched-metrics.ts';
import { HANDLER_NAMES } from '#shared/catalogue/domains.ts';
import { queueUrlOutput } from '#shared/naming/output-names.ts';
import { handlerName, QUEUE_OWNERS } from '#shared/naming/resource-names.ts';
import { cli } from './run-cli.ts';
import { runtimeMetrics } from './runtime-metrics.ts';
import { breakUntilMended, fresh, startPipeline } from './start-pipeline.ts';

/** The check looks at a day that ended a quarter of an hour ago: what happens now is in it then. */
const SOON_MS = 20 * 60 * 1000;

const ARCHIVE = 'arn:aws:events:us-east-1:000000000000:archive/stripe-fanout-dev';

const metrics = runtimeMetrics();
let events: EventBridgeClient;
let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline('cdk.out', { log: metrics.sink });
  events = new EventBridgeClient(pipeline.aws);
});
afterAll(async () => {
  events.destroy();
  await pipeline[Symbol.asyncDispose]();
});

/** Runs the check on what the pipeline itself has counted. */
async function check() {
  await pipeline.runtime.settled();
  let undelivered = 0;
  const found: Record<string, unknown>[] = [];
  await checkDelivery(
    {
      stage: 'dev',
      destinations: ['account', 'connect'],
      authorizers: [],
      partnerSources: [],
      handledDomains: HANDLER_NAMES,
      queueOwners: QUEUE_OWNERS,
      metrics: metrics.of(pipeline.runtime),
      replays: eventBridgeDoneReplays(ARCHIVE, events),
      telemetry: {
        count: (name, by = 1) => {
          if (name === 'Undelivered') undelivered += by;
        },
        countNow: () => {},
        duration: () => {},
        log: (_, message, fields) => void found.push({ message, ...fields }),
      },
      clock: { now: () => Date.now() + SOON_MS },
    },
    AbortSignal.timeout(10_000),
  );
  return { undelivered, found };
}

beforeEach(async () => {
  await pipeline.runtime.settled();
  metrics.forget(pipeline.runtime);
  expect(await check()).toEqual({ undelivered: 0, found: [] });
});

describe('what was published and not delivered', () => {
  it('is nothing while events of both styles are handled, wait, fail, or are duplicates', async () => {
    const { runtime } = pipeline;
    const [twice, waits, fails] = [fresh('charge.succeeded'), fresh('product.created'), fresh('customer.created')];
    runtime.stripe?.emit({ type: 'v1.product.updated', style: 'thin' });
    await runtime.settled();
    runtime.setPolling(handlerName('dev', 'products'), false);
    const fault = runtime.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: String(fails.data.object.id),
      times: 'always',
      error: 'AccessDeniedException',
    });
    for (const event of [twice, twice, waits, fails]) await pipeline.send(event);

    expect(await check()).toEqual({ undelivered: 0, found: [] });
    runtime.faults.remove(fault);
    runtime.setPolling(handlerName('dev', 'products'), true);
  });

  it('is named with its domain and the command that brings it back', async () => {
    // Neither the queue of products nor its DLQ takes anything.
    const mend = breakUntilMended(pipeline, {
      service: 'sqs',
      operation: 'SendMessage',
      match: ':stripe-fanout-dev-products',
      times: 'always',
      error: 'AccessDenied',
    });
    const lost = [fresh('product.created'), fresh('product.updated'), fresh('product.updated')];
    for (const event of [...lost, fresh('charge.succeeded')]) await pipeline.send(event);

    const { undelivered, found } = await check();
    mend();

    expect(undelivered).toBe(3);
    expect(found).toMatchObject([
      { message: 'published but not delivered', of: 'products', published: 3, settled: 0, waiting: 0, deadLetters: 0 },
    ]);
    for (const { id } of lost) expect(pipeline.handledBy(id)).toEqual([]);

    // The end of its day lies ahead of this test's clock; without one, a replay ends now.
    const [, ...repair] = String(found[0]?.repair)
      .replace(/ --to \S+/, '')
      .split(' ');
    expect((await cli(pipeline, ...repair, '--yes')).code).toBe(0);
    await pipeline.runtime.settled();

    for (const { id } of lost) {
      await expect.poll(() => pipeline.handledBy(id)).toEqual([handlerName('dev', 'products')]);
    }
    // By this the next run knows that what came before is repaired.
    const dayBefore = new Date(Date.now() - 86_400_000);
    const replays = await eventBridgeDoneReplays(ARCHIVE, events).since(dayBefore, AbortSignal.timeout(5_000));
    expect(replays).toEqual([
      {
        rules: rulesOf('products').map((id) => `stripe-fanout-dev-${id}`),
        from: expect.any(Number),
        to: expect.any(Number),
      },
    ]);
    expect(replays[0]?.from).toBeLessThan(dayBefore.getTime() + SOON_MS);
  });

  it('is seen when a queue was emptied behind the pipeline’s back', async () => {
    const sqs = new SQSClient(pipeline.aws);
    pipeline.runtime.setPolling(handlerName('dev', 'fraud'), false);
    for (const type of ['review.opened', 'review.closed']) await pipeline.send(fresh(type));
    await pipeline.runtime.settled();
    await sqs.send(new PurgeQueueCommand({ QueueUrl: pipeline.runtime.outputs[queueUrlOutput('fraud')] }));
    sqs.destroy();
    pipeline.runtime.setPolling(handlerName('dev', 'fraud'), true);

    expect(await check()).toMatchObject({ undelivered: 2, found: [{ of: 'fraud', published: 2, settled: 0 }] });
  });

  it('is seen when no rule matched it any more', async () => {
    const rule = { EventBusName: 'stripe-fanout-dev', Name: 'stripe-fanout-dev-Payout' };
    await events.send(new DisableRuleCommand(rule));
    for (let i = 0; i < 12; i += 1) await pipeline.send(fresh('payout.paid'));

    expect(await check()).toMatchObject({
      undelivered: 12,
      found: [{ message: 'published but not routed', accepted: 12, matched: 0 }],
    });
  });
});
