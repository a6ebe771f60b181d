import { randomUUID } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { dynamoDbPublishedEvents } from '#functions/adapters/dynamodb-published-events.ts';
import { LedgerUnavailable } from '#shared/errors/store-errors.ts';
import { type LocalTable, localTable } from './local-table.ts';
import { clientOf, scriptedServer } from './scripted-server.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const never = new AbortController().signal;
const clock = { now: () => NOW };
let table: LocalTable;
beforeAll(async () => {
  table = await localTable(['event', 'stage']);
});
afterAll(() => table.close());

async function row(event: string, status: string, leaseUntil?: number, stage = 'publish'): Promise<void> {
  const lease = leaseUntil === undefined ? {} : { leaseUntil: { N: String(leaseUntil) } };
  const Item = { event: { S: event }, stage: { S: stage }, status: { S: status }, ...lease };
  await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
}

describe('the standings of events', () => {
  it('tell what is published, what somebody works on, and what is missing', async () => {
    await row('evt_done', 'done');
    await row('evt_live', 'claimed', NOW + 1);
    await row('evt_dead', 'claimed', NOW);
    await row('evt_released', 'claimed', 0);
    await row('evt_other', 'done', undefined, 'resolve');
    const events = dynamoDbPublishedEvents({ client: table.client, table: table.name, clock, sleep: async () => {} });

    const ids = ['evt_done', 'evt_live', 'evt_dead', 'evt_released', 'evt_other', 'evt_never', 'evt_done'];
    const standings = await events.standings(ids, never);

    expect(Object.fromEntries(standings)).toEqual({
      evt_done: 'published',
      evt_live: 'in flight',
      evt_dead: 'missing',
      evt_released: 'missing',
      evt_other: 'missing',
      evt_never: 'missing',
    });
  });

  it('are read for more events than one call takes', async () => {
    const ids = Array.from({ length: 230 }, () => `evt_${randomUUID()}`);
    for (const id of ids.slice(0, 110)) await row(id, 'done');
    const events = dynamoDbPublishedEvents({ client: table.client, table: table.name, clock, sleep: async () => {} });

    const standings = await events.standings(ids, never);

    expect([...standings.values()].filter((standing) => standing === 'published')).toHaveLength(110);
    expect(standings.size).toBe(230);
  });

  it('are asked for again where the table gave less than all, and are unknown when that does not end', async () => {
    const left = { t: { Keys: [{ event: { S: 'evt_1' }, stage: { S: 'publish' } }] } };
    const done = { t: [{ event: { S: 'evt_1' }, status: { S: 'done' } }] };
    const some = { status: 200, body: { Responses: {}, UnprocessedKeys: left } };
    const all = { status: 200, body: { Responses: done, UnprocessedKeys: {} } };
    const server = await scriptedServer([some, all, some]);
    onTestFinished(() => server.close());
    const client = new DynamoDBClient(clientOf(server.endpoint));
    const waits: number[] = [];
    const events = dynamoDbPublishedEvents({ client, table: 't', clock, sleep: async (ms) => void waits.push(ms) });

    expect((await events.standings(['evt_1'], never)).get('evt_1')).toBe('published');
    await expect(events.standings(['evt_1'], never)).rejects.toThrow(LedgerUnavailable);
    expect(waits).toEqual([100, 100, 200, 300, 400, 500]);
  });
});
