import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, startFixture } from '../start-fixture.ts';

let runtime: Runtime;
let sqs: ReturnType<typeof clientsOf>['sqs'];
let QueueUrl: string;
let dlqUrl: string;
const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const create = async (QueueName: string, Attributes: Record<string, string>) =>
  String((await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl);

beforeAll(async () => {
  runtime = await startFixture();
  sqs = clientsOf(runtime).sqs;
  dlqUrl = await create('orders-dlq.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  QueueUrl = await create('orders.fifo', {
    FifoQueue: 'true',
    ContentBasedDeduplication: 'true',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('orders-dlq.fifo'), maxReceiveCount: 2 }),
  });
});
afterAll(() => runtime.stop());
beforeEach(async () => {
  for (const url of [QueueUrl, dlqUrl]) await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
});

let sent = 0;
/** A body that no other test has sent, for the queue remembers them. */
const fresh = (text: string) => {
  sent += 1;
  return `${text} ${sent}`;
};
const send = (MessageBody: string, MessageGroupId: string, options: object = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, ...options }));
const receive = async (url = QueueUrl, options: object = {}): Promise<Message[]> => {
  const command = new ReceiveMessageCommand({
    QueueUrl: url,
    MaxNumberOfMessages: 10,
    // Seven minutes here: nothing comes back because this machine is slow.
    VisibilityTimeout: 43_200,
    MessageSystemAttributeNames: ['All'],
    ...options,
  });
  return (await sqs.send(command)).Messages ?? [];
};
const remove = ({ ReceiptHandle }: Message) => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
const bodies = (messages: Message[]) => messages.map(({ Body }) => Body?.split(' ')[0]);

describe('a FIFO queue', () => {
  it('hands out the messages of a group in the order in which they were sent', async () => {
    for (const name of ['first', 'second', 'third']) await send(fresh(name), 'in_1');

    const messages = await receive();

    expect(bodies(messages)).toEqual(['first', 'second', 'third']);
    expect(messages.map(({ Attributes }) => Attributes?.MessageGroupId)).toEqual(['in_1', 'in_1', 'in_1']);
    const numbers = messages.map(({ Attributes }) => Attributes?.SequenceNumber ?? '');
    expect(numbers).toEqual(numbers.toSorted());
  });

  it('gives nobody a message of a group of which another one has some, and all other groups', async () => {
    await send(fresh('first'), 'in_1');
    const [first] = await receive(QueueUrl, { MaxNumberOfMessages: 1 });
    await send(fresh('second'), 'in_1');
    await send(fresh('other'), 'in_2');

    expect(bodies(await receive())).toEqual(['other']);

    if (first) await remove(first);
    expect(bodies(await receive())).toEqual(['second']);
  });

  it('puts a message that was not handled before those behind it', async () => {
    await send(fresh('first'), 'in_1');
    await send(fresh('second'), 'in_1');

    await receive(QueueUrl, { VisibilityTimeout: 0, MaxNumberOfMessages: 1 });

    expect(bodies(await receive())).toEqual(['first', 'second']);
  });

  it('wakes who waits when a group is free again', async () => {
    await send(fresh('first'), 'in_1');
    const [first] = await receive(QueueUrl, { MaxNumberOfMessages: 1 });
    await send(fresh('second'), 'in_1');

    const waiting = receive(QueueUrl, { WaitTimeSeconds: 20 });
    if (first) await remove(first);

    expect(bodies(await waiting)).toEqual(['second']);
  });

  it('takes the same message once, by its body or the id that it is given', async () => {
    const body = fresh('once');
    const [one, two] = [await send(body, 'in_1'), await send(body, 'in_1')];
    await send(fresh('twice'), 'in_1', { MessageDeduplicationId: 'evt_1' });
    await send(fresh('twice'), 'in_1', { MessageDeduplicationId: 'evt_1' });

    expect(two.MessageId).toBe(one.MessageId);
    expect(bodies(await receive())).toEqual(['once', 'twice']);
  });

  it('takes no message without a group', async () => {
    const ungrouped = new SendMessageCommand({ QueueUrl, MessageBody: fresh('lost') });

    await expect(sqs.send(ungrouped)).rejects.toThrow('The request must contain the parameter MessageGroupId.');
  });

  it('gives a message that is received too often to a FIFO DLQ, with its group', async () => {
    await send(fresh('poison'), 'in_1');
    for (const _receive of [1, 2, 3]) await receive(QueueUrl, { VisibilityTimeout: 0 });

    const letters = await receive(dlqUrl);

    expect(bodies(letters)).toEqual(['poison']);
    expect(letters[0]?.Attributes).toMatchObject({
      MessageGroupId: 'in_1',
      DeadLetterQueueSourceArn: arn('orders.fifo'),
    });
  });

  it('gets nothing moved into it from a standard queue', async () => {
    const move = new StartMessageMoveTaskCommand({
      SourceArn: arn('untended-dlq'),
      DestinationArn: arn('orders.fifo'),
    });

    await expect(sqs.send(move)).rejects.toThrow('must both be standard queues or both be FIFO queues');
  });
});
