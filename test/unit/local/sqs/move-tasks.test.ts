import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, startFixture } from '../start-fixture.ts';

const ARN = 'arn:aws:sqs:us-east-1:000000000000:';
const DLQ = `${ARN}untended-dlq`;

let runtime: Runtime;
let sqs: ReturnType<typeof clientsOf>['sqs'];
const url = (name: string) => `${runtime.awsUrl}/000000000000/${name}`;

beforeAll(async () => {
  runtime = await startFixture();
  sqs = clientsOf(runtime).sqs;
});
afterAll(() => runtime.stop());
beforeEach(async () => {
  for (const name of ['untended', 'untended-dlq']) await sqs.send(new PurgeQueueCommand({ QueueUrl: url(name) }));
});

const fill = async (queue: string, count: number) => {
  for (let i = 0; i < count; i += 1) {
    await sqs.send(new SendMessageCommand({ QueueUrl: url(queue), MessageBody: `message ${i}` }));
  }
};
const start = (options: object = {}) => sqs.send(new StartMessageMoveTaskCommand({ SourceArn: DLQ, ...options }));
const latest = async () => {
  const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: DLQ }));
  return Results?.[0];
};

describe('a message-move task', () => {
  it('moves all messages to the destination it names, as new messages', async () => {
    await fill('untended-dlq', 5);

    await start({ DestinationArn: `${ARN}untended` });
    await runtime.settled();

    expect(runtime.queueDepths()).toMatchObject({ untended: { visible: 5 }, 'untended-dlq': { visible: 0 } });
    expect(await latest()).toMatchObject({
      Status: 'COMPLETED',
      ApproximateNumberOfMessagesMoved: 5,
      ApproximateNumberOfMessagesToMove: 5,
      DestinationArn: `${ARN}untended`,
    });
    const received = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url('untended'), MessageSystemAttributeNames: ['All'] }),
    );
    expect(received.Messages?.[0]?.Attributes?.ApproximateReceiveCount).toBe('1');
  });

  it('moves messages that SQS gave up back to the queue they came from', async () => {
    await fill('untended', 1);
    const receive = new ReceiveMessageCommand({ QueueUrl: url('untended'), VisibilityTimeout: 0 });
    for (let i = 0; i < 3; i += 1) await sqs.send(receive);

    await start();
    await runtime.settled();

    expect(runtime.queueDepths()).toMatchObject({ untended: { visible: 1 }, 'untended-dlq': { visible: 0 } });
  });

  it('fails without a destination for a message that was put into the DLQ directly, and loses nothing', async () => {
    await fill('untended-dlq', 2);

    await start();
    await runtime.settled();

    expect(await latest()).toMatchObject({ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' });
    expect(runtime.queueDepths()['untended-dlq']?.visible).toBe(2);
  });

  it('keeps to its rate, runs alone, and stops when it is cancelled', async () => {
    const FILLED = 60;
    await fill('untended-dlq', FILLED);

    const started = performance.now();
    const { TaskHandle } = await start({ DestinationArn: `${ARN}untended`, MaxNumberOfMessagesPerSecond: 1 });
    const second = start({ DestinationArn: `${ARN}untended` });
    await expect(second).rejects.toMatchObject({ name: 'UnsupportedOperation' });
    const running = await latest();
    const cancelled = await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    await runtime.settled();

    // One, or as many more as this took seconds.
    const moved = cancelled.ApproximateNumberOfMessagesMoved ?? 0;
    expect(running).toMatchObject({ Status: 'RUNNING', TaskHandle });
    expect(await latest()).toMatchObject({ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: moved });
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThanOrEqual(1 + (performance.now() - started) / 1_000);
    expect(runtime.queueDepths()['untended-dlq']?.visible).toBe(FILLED - moved);
  });

  it('starts only from a DLQ', async () => {
    const fromQueue = { SourceArn: `${ARN}untended`, DestinationArn: DLQ };
    const fromNowhere = { SourceArn: `${ARN}nowhere` };

    await expect(start(fromQueue)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(start(fromNowhere)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
