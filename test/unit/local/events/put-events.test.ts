import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { PurgeQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, next, startFixture } from '../start-fixture.ts';

let runtime: Runtime;
let clients: ReturnType<typeof clientsOf>;

beforeAll(async () => {
  runtime = await startFixture();
  clients = clientsOf(runtime);
});
afterAll(() => runtime.stop());
beforeEach(async () => {
  runtime.faults.clear();
  for (const name of ['untended', 'work-dlq']) await clients.sqs.send(new PurgeQueueCommand({ QueueUrl: url(name) }));
});

const url = (name: string) => `${runtime.awsUrl}/000000000000/${name}`;
const paint: PutEventsRequestEntry = { EventBusName: 'colours', Source: 'paint', DetailType: 'red.dark', Detail: '{}' };
const put = (...entries: PutEventsRequestEntry[]) => clients.events.send(new PutEventsCommand({ Entries: entries }));
const bodyIn = async (queue: string) => {
  const receive = new ReceiveMessageCommand({ QueueUrl: url(queue), MessageAttributeNames: ['All'] });
  const { Messages } = await clients.sqs.send(receive);
  return Messages?.[0];
};

describe('PutEvents', () => {
  it("delivers a matching event to the rule's queue with the detail's own bytes", async () => {
    const Detail = '{ "b": 1.0, "a": 12345678901234567890, "é": "\\u00e9 🧾" }';
    const Time = new Date('2026-03-01T10:20:30.900Z');

    const { Entries } = await put({ ...paint, Detail, Time, Resources: ['r'] });
    await runtime.settled();
    const body = (await bodyIn('untended'))?.Body ?? '';

    expect(body.endsWith(`,"detail":${Detail}}`)).toBe(true);
    expect(JSON.parse(body)).toMatchObject({
      version: '0',
      id: Entries?.[0]?.EventId,
      'detail-type': 'red.dark',
      source: 'paint',
      account: '000000000000',
      time: '2026-03-01T10:20:30Z',
      region: 'us-east-1',
      resources: ['r'],
    });
  });

  it('tells what was published and what was delivered', async () => {
    const published = next(runtime, 'published');
    const delivered = next(runtime, 'delivered');

    const { Entries } = await put(paint);

    const id = Entries?.[0]?.EventId;
    expect((await published)[0]).toMatchObject({ id, bus: 'colours', source: 'paint', detailType: 'red.dark' });
    expect((await delivered)[0]).toEqual({ id, rule: 'paint', queue: 'untended' });
  });

  it('delivers nothing for an event that no rule matches', async () => {
    await put({ ...paint, DetailType: 'blue' });
    await runtime.settled();

    expect(runtime.queueDepths().untended?.visible).toBe(0);
  });

  it('counts what a rule without a target matches', async () => {
    const before = runtime.ruleMatches('counting');

    await put({ ...paint, Source: 'counted' });

    expect(runtime.ruleMatches('counting')).toBe(before + 1);
  });

  it.each([
    ['no source', { Source: undefined }, 'InvalidArgument'],
    ['no detail type', { DetailType: undefined }, 'InvalidArgument'],
    ['no detail', { Detail: undefined }, 'InvalidArgument'],
    ['a detail type of 129 characters', { DetailType: 'x'.repeat(129) }, 'InvalidArgument'],
    ["AWS's own source", { Source: 'aws.s3' }, 'NotAuthorizedForSourceException'],
    ['a detail that is no JSON', { Detail: '{' }, 'MalformedDetail'],
    ['a detail that is a list', { Detail: '[]' }, 'MalformedDetail'],
    ['a detail of 1,001 levels', { Detail: `${'{"a":'.repeat(1000)}{}${'}'.repeat(1000)}` }, 'MalformedDetail'],
    ['a bus that does not exist', { EventBusName: 'nowhere' }, 'ResourceNotFoundException'],
  ])('fails an entry with %s, and only that one', async (_what, change, ErrorCode) => {
    const { FailedEntryCount, Entries } = await put(paint, { ...paint, ...change });

    expect(FailedEntryCount).toBe(1);
    expect(Entries).toMatchObject([{ EventId: expect.any(String) }, { ErrorCode, ErrorMessage: expect.any(String) }]);
  });

  it('takes a detail of 1,000 levels and a detail type of 128 characters', async () => {
    const Detail = `${'{"a":'.repeat(999)}{}${'}'.repeat(999)}`;

    const { FailedEntryCount } = await put({ ...paint, Detail, DetailType: 'x'.repeat(128) });

    expect(FailedEntryCount).toBe(0);
  });

  it('refuses eleven entries, or 1 MB, as a whole', async () => {
    const eleven = Array.from({ length: 11 }, () => paint);
    const huge = { ...paint, Detail: JSON.stringify({ a: 'x'.repeat(1024 * 1024) }) };

    await expect(put(...eleven)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put(huge)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('takes an event of just below 1 MB through to the queue', async () => {
    const Detail = JSON.stringify({ a: 'x'.repeat(1024 * 1024 - 400) });

    const { FailedEntryCount } = await put({ ...paint, Detail });
    await runtime.settled();

    expect(FailedEntryCount).toBe(0);
    expect((await bodyIn('untended'))?.Body).toContain(Detail);
  });
});

describe('a rule', () => {
  it('that is switched off matches nothing, until it is switched on', async () => {
    const rule = { EventBusName: 'colours', Name: 'paint' };

    await clients.events.send(new DisableRuleCommand(rule));
    await put(paint);
    await runtime.settled();
    const off = await clients.events.send(new DescribeRuleCommand(rule));
    const meanwhile = runtime.queueDepths().untended;
    await clients.events.send(new EnableRuleCommand(rule));
    await put(paint);
    await runtime.settled();

    expect(off.State).toBe('DISABLED');
    expect(meanwhile).toMatchObject({ visible: 0 });
    expect(runtime.queueDepths().untended).toMatchObject({ visible: 1 });
  });
});

describe('a rule target', () => {
  it('is tried again until it takes the event', async () => {
    runtime.faults.add({
      service: 'sqs',
      operation: 'SendMessage',
      match: 'untended',
      times: 2,
      error: 'ServiceUnavailable',
    });

    await put(paint);
    await runtime.settled();

    expect(runtime.queueDepths()).toMatchObject({ untended: { visible: 1 }, 'work-dlq': { visible: 0 } });
  });

  it('gives the event to its DLQ when its retries are used up, with the reason', async () => {
    const fault = { service: 'sqs', operation: 'SendMessage', match: ':untended\n', times: 'always' } as const;
    runtime.faults.add({ ...fault, error: 'ThrottlingException' });

    await put(paint);
    await runtime.settled();
    const parked = await bodyIn('work-dlq');

    expect(JSON.parse(parked?.Body ?? '')).toMatchObject({ source: 'paint' });
    expect(values(parked?.MessageAttributes)).toMatchObject({
      RULE_ARN: 'arn:aws:events:us-east-1:000000000000:rule/colours/paint',
      TARGET_ARN: 'arn:aws:sqs:us-east-1:000000000000:untended',
      ERROR_CODE: 'THROTTLING',
      ERROR_MESSAGE: expect.stringContaining('ThrottlingException'),
      RETRY_ATTEMPTS: '2',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    });
  });

  it.each([
    ['does not exist', { ...paint, Source: 'lost' }, undefined, 'NO_RESOURCE'],
    ['denies access', paint, 'AccessDenied', 'NO_PERMISSIONS'],
  ])('that %s sends the event to the DLQ at once', async (_what, entry, error, ERROR_CODE) => {
    if (error) runtime.faults.add({ service: 'sqs', operation: 'SendMessage', match: ':untended\n', error });
    const undelivered = next(runtime, 'undelivered');

    await put(entry);
    const [seen] = await undelivered;

    expect(seen).toMatchObject({ errorCode: ERROR_CODE, dlq: 'work-dlq' });
    expect(values((await bodyIn('work-dlq'))?.MessageAttributes)).toMatchObject({ ERROR_CODE, RETRY_ATTEMPTS: '0' });
  });
});

function values(attributes: Record<string, { StringValue?: string | undefined }> | undefined) {
  return Object.fromEntries(Object.entries(attributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]));
}
