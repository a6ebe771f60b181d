import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, next, startFixture, TIME_SCALE } from '../start-fixture.ts';

let runtime: Runtime;
let sqs: ReturnType<typeof clientsOf>['sqs'];
let QueueUrl: string;
let dlqUrl: string;

beforeAll(async () => {
  runtime = await startFixture();
  sqs = clientsOf(runtime).sqs;
  QueueUrl = `${runtime.awsUrl}/000000000000/untended`;
  dlqUrl = `${runtime.awsUrl}/000000000000/untended-dlq`;
});
afterAll(() => runtime.stop());
beforeEach(async () => {
  for (const url of [QueueUrl, dlqUrl]) await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
});

const receive = async (options: object = {}) => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
      ...options,
    }),
  );
  return Messages;
};
const send = (MessageBody: string, options: object = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...options }));
const depth = () => runtime.queueDepths().untended;

describe('SQS', () => {
  it('gives queue URLs that lead to the endpoint itself', async () => {
    const { QueueUrl: found } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'untended' }));
    const { QueueUrls } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'work' }));

    expect(found).toBe(QueueUrl);
    expect(QueueUrls).toEqual([`${runtime.awsUrl}/000000000000/work`, `${runtime.awsUrl}/000000000000/work-dlq`]);
  });

  it('hands a message over with its attributes, emoji and big bodies included', async () => {
    const body = `Grüße 🧾 ${'x'.repeat(900_000)}`;
    const MessageAttributes = {
      CODE: { DataType: 'String', StringValue: 'ünknown' },
      COUNT: { DataType: 'Number', StringValue: '3' },
      BYTES: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) },
    };

    // The client checks both MD5 sums.
    await send(body, { MessageAttributes });
    const [message] = await receive();

    expect(message?.Body).toBe(body);
    expect(message?.MessageAttributes?.CODE?.StringValue).toBe('ünknown');
    expect([...(message?.MessageAttributes?.BYTES?.BinaryValue ?? [])]).toEqual([0, 255]);
    expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SenderId: '000000000000' });
  });

  it.each([
    ['a lone surrogate', '\ud800', 'InvalidMessageContents'],
    ['a control character', '\u0001', 'InvalidMessageContents'],
    ['more than 1 MiB', 'x'.repeat(1_048_577), 'InvalidParameterValue'],
  ])('refuses a body with %s', async (_what, body, name) => {
    await expect(send(body)).rejects.toMatchObject({ name });

    expect(depth()?.visible).toBe(0);
  });

  it('says so when there is no such queue', async () => {
    const gone = new SendMessageCommand({ QueueUrl: `${QueueUrl}-gone`, MessageBody: 'x' });

    await expect(sqs.send(gone)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('hides a received message until its visibility timeout is over', async () => {
    await send('hidden');

    const [first] = await receive({ VisibilityTimeout: 50 });
    const meanwhile = await receive();
    const [again] = await receive({ WaitTimeSeconds: 5 });

    expect(meanwhile).toEqual([]);
    expect(again?.MessageId).toBe(first?.MessageId);
    expect(again?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  it('keeps a message away for its delay', async () => {
    await send('later', { DelaySeconds: 30 });

    const early = await receive();
    const delayed = depth()?.delayed;
    const [message] = await receive({ WaitTimeSeconds: 5 });

    expect([early, delayed]).toEqual([[], 1]);
    expect(message?.Body).toBe('later');
  });

  it('wakes a waiting receiver when a message arrives', async () => {
    const waiting = receive({ WaitTimeSeconds: 20 });
    await send('at last');

    expect((await waiting)[0]?.Body).toBe('at last');
  });

  it('makes a message visible again on request', async () => {
    await send('back');
    const [message] = await receive();

    const { ReceiptHandle } = message ?? {};
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));

    expect(depth()).toMatchObject({ visible: 1, inFlight: 0 });
    const repeated = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    await expect(sqs.send(repeated)).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });

  it('moves a message to the DLQ when it was received too often, with the queue it came from', async () => {
    await send('poison');
    const gaveUp = next(runtime, 'dead-lettered');

    for (let i = 0; i < 3; i += 1) await receive({ VisibilityTimeout: 0 });
    const [parked] = await receive({ QueueUrl: dlqUrl });

    expect((await gaveUp)[0]).toMatchObject({ queue: 'untended', dlq: 'untended-dlq', body: 'poison' });
    expect(parked?.Attributes?.DeadLetterQueueSourceArn).toBe('arn:aws:sqs:us-east-1:000000000000:untended');
    expect(depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('deletes by the latest receipt handle, and takes a repeated delete as done', async () => {
    await send('once');
    const [message] = await receive();

    const remove = new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    await sqs.send(remove);
    await sqs.send(remove);

    expect(depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('settles each entry of a batch by itself', async () => {
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', MessageBody: 'good' },
          { Id: 'bad', MessageBody: '\u0002' },
        ],
      }),
    );
    const [message] = await receive();
    const ReceiptHandle = message?.ReceiptHandle;
    const hidden = await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'known', ReceiptHandle, VisibilityTimeout: 600 },
          { Id: 'unknown', ReceiptHandle: 'nobody', VisibilityTimeout: 600 },
        ],
      }),
    );
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'known', ReceiptHandle }] }),
    );

    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(sent.Failed?.map(({ Id, Code }) => [Id, Code])).toEqual([['bad', 'InvalidMessageContents']]);
    expect(hidden.Failed?.map(({ Id }) => Id)).toEqual(['unknown']);
    expect(deleted.Successful?.map(({ Id }) => Id)).toEqual(['known']);
  });

  it.each([
    ['none', [], 'EmptyBatchRequest'],
    [
      'eleven',
      Array.from({ length: 11 }, (_, i) => ({ Id: `${i}`, MessageBody: 'x' })),
      'TooManyEntriesInBatchRequest',
    ],
    [
      'twins',
      [
        { Id: 'a', MessageBody: 'x' },
        { Id: 'a', MessageBody: 'y' },
      ],
      'BatchEntryIdsNotDistinct',
    ],
  ])('refuses a batch with wrong entries: %s', async (_what, Entries, name) => {
    await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({ name });
  });

  it('shows a queue as the template declares it, times unscaled', async () => {
    const ask = new GetQueueAttributesCommand({ QueueUrl: runtime.outputs.WorkUrl, AttributeNames: ['All'] });
    const { Attributes } = await sqs.send(ask);

    expect(TIME_SCALE).toBeGreaterThan(1);
    expect(Attributes).toMatchObject({ VisibilityTimeout: '60', ApproximateNumberOfMessages: '0' });
    expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toEqual({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:work-dlq',
      maxReceiveCount: 3,
    });
  });

  it('lists the queues that give their messages up to a DLQ', async () => {
    const { queueUrls } = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dlqUrl }));

    expect(queueUrls).toEqual([QueueUrl]);
  });

  it('hands a message out for ever when its DLQ does not exist', async () => {
    const own = await startFixture();
    const client = clientsOf(own).sqs;
    const url = `${own.awsUrl}/000000000000/untended`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:0:gone', maxReceiveCount: 1 });
    await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { RedrivePolicy } }));
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'kept' }));

    const receive = new ReceiveMessageCommand({ QueueUrl: url, VisibilityTimeout: 0 });
    const received = [await client.send(receive), await client.send(receive), await client.send(receive)];
    await own.stop();

    expect(received.map(({ Messages }) => Messages?.[0]?.Body)).toEqual(['kept', 'kept', 'kept']);
  });

  it('takes attributes that are set later', async () => {
    const Attributes = { VisibilityTimeout: '7', RedrivePolicy: '' };
    const own = await startFixture();
    const client = clientsOf(own).sqs;
    const url = `${own.awsUrl}/000000000000/untended`;

    await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
    const shown = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
    await own.stop();

    expect(shown.Attributes).toMatchObject({ VisibilityTimeout: '7' });
    expect(shown.Attributes).not.toHaveProperty('RedrivePolicy');
  });
});
