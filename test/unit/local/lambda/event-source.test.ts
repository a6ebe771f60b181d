import { PurgeQueueCommand, ReceiveMessageCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, next, startFixture } from '../start-fixture.ts';

type Verdict = 'fine' | 'fail' | 'bad-id' | 'bad-key' | 'throw' | 'exit' | 'hang' | 'nothing';

interface LoggedBatch {
  readonly records: readonly Record<string, unknown>[];
}

let runtime: Runtime;
let sqs: ReturnType<typeof clientsOf>['sqs'];
let batches: LoggedBatch[] = [];
const url = (name: string) => `${runtime.awsUrl}/000000000000/${name}`;

beforeAll(async () => {
  // 60 seconds of visibility are two then: the least the runtime gives.
  runtime = await startFixture({ log: (_name, line) => batches.push(JSON.parse(line)) });
  sqs = clientsOf(runtime).sqs;
});
afterAll(() => runtime.stop());
beforeEach(async () => {
  runtime.setPolling('worker', true);
  runtime.faults.clear();
  for (const name of ['work', 'work-dlq']) await sqs.send(new PurgeQueueCommand({ QueueUrl: url(name) }));
  batches = [];
});

/** Sends all at once, so that they make one batch. */
async function send(...verdicts: Verdict[]): Promise<void> {
  const Entries = verdicts.map((verdict, i) => ({
    Id: `${i}`,
    MessageBody: JSON.stringify({ verdict }),
    MessageAttributes: { KIND: { DataType: 'String', StringValue: verdict } },
  }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: url('work'), Entries }));
}

/** What was not deleted after the first batch: hidden, or on a machine that stood still visible again. */
async function keptAfter(...verdicts: Verdict[]): Promise<number | undefined> {
  const invoked = next(runtime, 'invoked', ({ function: name }) => name === 'worker');
  await send(...verdicts);
  await invoked;
  // The deletions follow the invocation in the same turn of the event loop.
  await new Promise(setImmediate);
  runtime.setPolling('worker', false);
  const { visible = 0, inFlight = 0 } = runtime.queueDepths().work ?? {};
  return visible + inFlight;
}

describe('an event-source mapping', () => {
  it("hands messages over in Lambda's shape", async () => {
    await send('fine');
    await runtime.settled();

    expect(batches[0]?.records).toEqual([
      {
        messageId: expect.any(String),
        receiptHandle: expect.any(String),
        body: '{"verdict":"fine"}',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: '000000000000',
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          KIND: { stringValue: 'fine', stringListValues: [], binaryListValues: [], dataType: 'String' },
        },
        md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
        md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:work',
        awsRegion: 'us-east-1',
      },
    ]);
  });

  it.each<[string, Verdict[], number]>([
    ['deletes all after an empty list of failures', ['fine', 'fine', 'fine'], 0],
    ['deletes all after no result', ['nothing', 'fine'], 0],
    ['keeps only the messages that are reported', ['fine', 'fail', 'fine', 'fail'], 2],
    ['keeps all when an unknown message is reported', ['fine', 'bad-id', 'fine'], 3],
    ['keeps all when a report has the wrong key', ['fine', 'bad-key'], 2],
    ['keeps all when the function throws', ['fine', 'throw'], 2],
    ['keeps all when the function dies', ['fine', 'exit'], 2],
    ['keeps all when the function times out', ['fine', 'hang'], 2],
  ])('%s', async (_name, verdicts, kept) => {
    expect(await keptAfter(...verdicts)).toBe(kept);
  });

  it('tries a failed message again until the queue gives it up', async () => {
    await send('fail');

    await runtime.settled();

    const counts = () => batches.map(({ records }) => records[0]?.attributes);
    await expect.poll(counts).toMatchObject([1, 2, 3].map((count) => ({ ApproximateReceiveCount: String(count) })));
    const parked = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url('work-dlq') }));
    expect(parked.Messages?.[0]?.Body).toBe('{"verdict":"fail"}');
  });

  it('works again after the function died', async () => {
    await keptAfter('exit');
    await sqs.send(new PurgeQueueCommand({ QueueUrl: url('work') }));
    runtime.setPolling('worker', true);

    await send('fine');
    await runtime.settled();

    expect(runtime.queueDepths()['work-dlq']?.visible).toBe(0);
  });

  it('takes nothing while it is disabled', async () => {
    runtime.setPolling('worker', false);
    await send('fine');
    await runtime.settled();
    const waiting = runtime.queueDepths().work;
    runtime.setPolling('worker', true);
    await runtime.settled();

    expect(waiting).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    await expect.poll(() => batches).toHaveLength(1);
  });

  it('delivers a message again when its deletion fails', async () => {
    runtime.faults.add({ service: 'sqs', operation: 'DeleteMessageBatch', error: 'ServiceUnavailable' });

    await send('fine');
    await runtime.settled();

    await expect.poll(() => batches).toHaveLength(2);
  });

  it('delivers a message again whose worker is killed', async () => {
    const started = next(runtime, 'invoked', ({ ok }) => !ok);
    await send('hang');
    await waitFor(() => batches.length === 1);
    await runtime.killWorkers('worker');

    expect((await started)[0].error).toContain('ended before it answered');
    await sqs.send(new PurgeQueueCommand({ QueueUrl: url('work') }));
    await runtime.settled();
  });

  it('is not there for a function that drains nothing', () => {
    expect(() => runtime.setPolling('api', false)).toThrow('api drains no queue. Those that do: worker.');
  });
});

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}
