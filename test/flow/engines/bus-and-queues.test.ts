import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { spliceFanout } from '#shared/event/bus-entry.ts';
import { type Engine, queueNameOf, startEngine } from './start-engine.ts';

/** Off by default: their rules have no target. */
const OFF = ['capital', 'crypto', 'forwarding'];
const INVENTED = ['v2.future.thing.happened', 'nobody_knows.this', 'customer.loyalty.earned', 'x.y'];
const PUT_AT_ONCE = 10;
/** Milliseconds. Moto asks every rule about every event, for a minute and a half of CPU: beside other work it takes longer. */
const ENGINE_MS = 900_000;

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine[Symbol.asyncDispose]());

beforeEach(async () => {
  await drainAll();
});

const urlOf = (owner: Parameters<typeof queueNameOf>[0]) => {
  const url = engine.queues.get(queueNameOf(owner));
  if (url === undefined) throw new Error(`The templates have no queue of ${owner}.`);
  return url;
};
const entry = (type: string, Source = 'stripe') => ({
  EventBusName: engine.busName,
  Source,
  DetailType: type,
  Detail: spliceFanout(`{"id":"evt_${Source}","object":"event","type":"${type}","big":12345678901234567890}`, {
    version: 1,
    payload: 'snapshot',
    via: 'webhook',
    destination: 'account',
    publishedAt: '2026-11-24T00:00:00.000Z',
    receivedAt: '2026-11-24T00:00:00.000Z',
  }),
});
const put = async (entries: readonly ReturnType<typeof entry>[], client = engine.publisher) => {
  for (let start = 0; start < entries.length; start += PUT_AT_ONCE) {
    const answer = await client.send(new PutEventsCommand({ Entries: entries.slice(start, start + PUT_AT_ONCE) }));
    expect(answer.FailedEntryCount ?? 0).toBe(0);
  }
  await engine.settled();
};
const receive = async (QueueUrl: string) => {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ['ApproximateReceiveCount'],
  });
  return (await engine.sqs.send(command)).Messages ?? [];
};
/** Takes everything out of a queue. */
const drain = async (QueueUrl: string) => {
  const bodies: string[] = [];
  for (;;) {
    const messages = await receive(QueueUrl);
    if (messages.length === 0) return bodies;
    bodies.push(...messages.map(({ Body = '' }) => Body));
    const Entries = messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
    await engine.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
};
/** Takes everything out of every queue. @returns each body with its queue's name */
const drainAll = async () => {
  const ofEach = [...engine.queues].map(async ([name, url]) => (await drain(url)).map((body) => ({ name, body })));
  return (await Promise.all(ofEach)).flat();
};
const show = (QueueUrl: string, ReceiptHandle: string | undefined) =>
  engine.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));

describe("the templates' bus and queues", () => {
  it(
    'bring every catalogued and invented type to the queue of its domain, once, with its big numbers whole',
    async () => {
      const types = [...EVENT_TYPES.map(({ type }) => type), ...INVENTED];

      await put(types.map((type) => entry(type)));

      const arrived = (await drainAll()).map(({ name, body }) => {
        expect(body).toMatch(/"big": ?12345678901234567890,/);
        return `${JSON.parse(body)['detail-type']} ${name}`;
      });
      const expected = types.flatMap((type) => {
        const domain = longestPrefix(type)?.domain ?? 'unrecognized';
        return OFF.includes(domain) ? [] : [`${type} ${queueNameOf(domain)}`];
      });
      expect(arrived.toSorted()).toEqual(expected.toSorted());
    },
    ENGINE_MS,
  );

  it('bring notifications to the resolver alone, and what others publish to nobody', async () => {
    await put([entry('invoice.paid', 'stripe.thin')]);
    await put([entry('invoice.paid', 'somebody.else')], engine.events);

    const arrived = (await drainAll()).map(({ name }) => name);
    expect(arrived).toEqual([queueNameOf('thin')]);
  });

  it('give a message back when it is shown again, count its receives, and move it to the DLQ after the fifth', async () => {
    const QueueUrl = urlOf('billing');
    await engine.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));

    const counts: (string | undefined)[] = [];
    for (let i = 0; i < 5; i += 1) {
      const [message] = await receive(QueueUrl);
      counts.push(message?.Attributes?.ApproximateReceiveCount);
      expect(await receive(QueueUrl)).toEqual([]);
      await show(QueueUrl, message?.ReceiptHandle);
    }
    expect(await receive(QueueUrl)).toEqual([]);

    expect(counts).toEqual(['1', '2', '3', '4', '5']);
    expect(await drain(engine.queues.get(`${queueNameOf('billing')}-dlq`) ?? '')).toEqual(['poison']);
  });

  it('take a message away with any receipt of its last receive, and answer a batch entry by entry', async () => {
    const QueueUrl = urlOf('core');
    const Entries = ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: `${Id} 🧾` }));
    const sent = await engine.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const [first] = await receive(QueueUrl);
    await engine.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));

    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const { Attributes } = await engine.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
    );

    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'b', 'c']);
    const left = AttributeNames.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
    expect(left).toBe(2);
  });
});
