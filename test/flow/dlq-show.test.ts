import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counted, fillDlq } from './fill-dlq.ts';
import { cli, cliJson } from './run-cli.ts';
import { breakUntilMended, fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

const DLQ = 'stripe-fanout-dev-core-dlq';
const EVENTS = counted(30, 1_000);
const EACH = counted(3, 20);

interface Shown {
  readonly groups: readonly { key: string; count: number; source: string; example: string }[];
}

const countsOf = ({ groups }: Shown) => Object.fromEntries(groups.map(({ key, count }) => [key, count]));

describe('three kinds of poison among many events', () => {
  it(`end in the DLQ, and dlq show groups them right (${EVENTS} events, ${EACH} of each kind)`, async () => {
    // One that is tried again until SQS gives it up, one that is parked at once, and one without any reason.
    const broken = breakUntilMended(pipeline, {
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'cus_poison',
      times: 'always',
      error: 'AccessDeniedException',
    });
    const healthy = Array.from({ length: EVENTS }, () => fresh('charge.succeeded'));
    const failing = Array.from({ length: EACH }, (_, i) => {
      const event = fresh('customer.created');
      return { ...event, data: { object: { ...event.data.object, id: `cus_poison${i}` } } };
    });

    for (const event of [...healthy, ...failing]) await pipeline.send(event);
    const sqs = new SQSClient(pipeline.aws);
    for (let i = 0; i < EACH; i += 1) {
      const QueueUrl = pipeline.runtime.outputs.QueueUrlCore;
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `not an event ${i}` }));
    }
    sqs.destroy();
    await fillDlq(pipeline, 'core', 'payout.paid', EACH);
    await pipeline.runtime.settled(counted(60_000, 120_000));

    const ledger = await cliJson(pipeline, 'dlq', 'show', 'core');
    const scanned = await cliJson(pipeline, 'dlq', 'show', 'core', '--scan');
    const byType = await cliJson(pipeline, 'dlq', 'show', 'core', '--scan', '--group', 'type');

    broken();
    expect(ledger.data).toMatchObject({ source: 'ledger', unexplained: EACH });
    expect(countsOf(ledger.data)).toEqual({ objects_unavailable: EACH, not_an_event: EACH });
    expect(scanned.data).toMatchObject({ source: 'scanned', complete: true });
    expect(countsOf(scanned.data)).toEqual({
      objects_unavailable: EACH,
      not_an_event: EACH,
      crashed_or_killed: EACH,
    });
    expect(countsOf(byType.data)).toEqual({ 'customer.created': EACH, 'payout.paid': EACH, unknown: EACH });
    // A scan takes nothing away.
    expect(pipeline.runtime.queueDepths()[DLQ]).toEqual({ visible: 3 * EACH, inFlight: 0, delayed: 0 });
  }, 200_000);
});

describe('the expiry of a dead letter', () => {
  it('is counted from when it first came into the queue, not from when SQS gave it up', async () => {
    const handler = 'stripe-fanout-dev-handler-fraud';
    const event = fresh('review.opened');
    pipeline.runtime.setPolling(handler, false);
    await pipeline.send(event);
    await pipeline.runtime.settled();
    const sqs = new SQSClient(pipeline.aws);
    const { Messages: [waiting] = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: pipeline.runtime.outputs.QueueUrlFraud,
        MessageSystemAttributeNames: ['SentTimestamp'],
        VisibilityTimeout: 0,
      }),
    );
    sqs.destroy();
    const sent = Number(waiting?.Attributes?.SentTimestamp);
    const mend = breakUntilMended(pipeline, {
      service: 'dynamodb',
      operation: 'PutItem',
      match: String(event.data.object.id),
      times: 'always',
      error: 'AccessDeniedException',
    });
    pipeline.runtime.setPolling(handler, true);
    await pipeline.runtime.settled();
    mend();

    const { data } = await cliJson(pipeline, 'dlq', 'show', 'fraud', '--scan');
    const { stdout } = await cli(pipeline, 'dlq', 'show', 'fraud', '--scan');

    const days = 24 * 3_600_000;
    expect(data.groups).toMatchObject([
      { count: 1, oldest: new Date(sent).toISOString(), expires: new Date(sent + 14 * days).toISOString() },
    ]);
    expect(stdout).toMatch(/EXPIRES IN[\s\S]* 13 d /);
  });
});

describe('a message that the bus could not deliver', () => {
  it('is shown with the reason that EventBridge gave, and counted by dlq list', async () => {
    const event = fresh('product.created');
    const mend = breakUntilMended(pipeline, {
      service: 'sqs',
      operation: 'SendMessage',
      match: 'stripe-fanout-dev-products\n',
      times: 'always',
      error: 'AccessDeniedException',
    });

    await pipeline.send(event);
    await pipeline.runtime.settled();
    mend();
    const { data } = await cliJson(pipeline, 'dlq', 'show', 'products', '--scan');
    const list = await cliJson(pipeline, 'dlq', 'list');
    const text = await cli(pipeline, 'dlq', 'list');

    expect(data.groups).toMatchObject([{ key: 'NO_PERMISSIONS', count: 1, example: event.id, source: 'scanned' }]);
    expect(list.data.domains).toContainEqual(
      expect.objectContaining({ domain: 'products', deadLetters: 1, hidden: 0, failing: 0 }),
    );
    expect(text.stdout).toMatch(/products +1 /);
    expect(text.code).toBe(0);
  });
});
