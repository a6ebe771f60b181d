import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoDbReconcileProgress, JOB_LEASE_MS } from '#functions/adapters/dynamodb-reconcile-progress.ts';
import type { JobState, ListProgress } from '#shared/ports/reconcile-progress.ts';
import { NOTHING_COUNTED } from '#shared/reconcile/reconcile-report.ts';
import { type LocalTable, localTable } from './local-table.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const never = new AbortController().signal;
let table: LocalTable;
let now = NOW;
beforeAll(async () => {
  table = await localTable(['event', 'stage']);
});
beforeEach(() => {
  now = NOW;
});
afterAll(() => table.close());

const progress = () =>
  dynamoDbReconcileProgress({ client: table.client, table: table.name, clock: { now: () => now } });
const list = (name: string): ListProgress => ({
  list: name,
  round: 'r1',
  from: NOW - 1_000,
  to: NOW,
  isDone: false,
  counts: NOTHING_COUNTED,
});
const STATE: JobState = { round: { id: 'r1', to: NOW, startedAt: NOW }, current: { ...list('a'), at: 'evt_1' } };

describe('a job', () => {
  it('is one owner’s until its lease ends, which each save renews', async () => {
    const jobs = progress();
    expect(await jobs.take('one', 'first', never)).toEqual({});
    // After a lost answer it is taken once more.
    expect(await jobs.take('one', 'first', never)).toEqual({});
    expect(await jobs.take('one', 'second', never)).toBeUndefined();

    now += JOB_LEASE_MS - 1;
    expect(await jobs.save('one', 'first', STATE, never)).toBe(true);
    now += JOB_LEASE_MS - 1;
    expect(await jobs.take('one', 'second', never)).toBeUndefined();
    now += 1;
    expect(await jobs.take('one', 'second', never)).toEqual(STATE);
    expect(await jobs.save('one', 'first', {}, never)).toBe(false);
  });

  it('is given back with its state', async () => {
    const jobs = progress();
    await jobs.take('two', 'first', never);
    await jobs.release('two', 'first', STATE, never);

    expect(await jobs.take('two', 'second', never)).toEqual(STATE);
    await jobs.release('two', 'first', {}, never);
    expect(await jobs.take('two', 'third', never)).toBeUndefined();
  });

  it('has its lists, and no other job’s', async () => {
    const jobs = progress();
    const names = Array.from({ length: 30 }, (_, n) => `test#snapshot#acct_${n}`);
    for (const name of names) await jobs.saveList('three', list(name), never);
    await jobs.saveList('three', { ...list('test#snapshot#acct_0'), isDone: true }, never);
    await jobs.saveList('three-b', list('other'), never);
    await jobs.take('three', 'first', never);

    const found = await jobs.lists('three', never);

    expect(found.map(({ list: name }) => name).toSorted()).toEqual(names.toSorted());
    expect(found.find(({ list: name }) => name === 'test#snapshot#acct_0')?.isDone).toBe(true);
  });

  it('begins anew where another version wrote what this one cannot read', async () => {
    const jobs = progress();
    const write = async (stage: string, text: string) => {
      const Item = {
        event: { S: 'reconcile#four' },
        stage: { S: stage },
        progress: { S: text },
        leaseUntil: { N: '0' },
      };
      await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
    };
    await write('run', '{"round":7}');
    await write('list#a', 'no JSON');
    await write('list#b', '{"list":"b"}');

    expect(await jobs.lists('four', never)).toEqual([]);
    expect(await jobs.take('four', 'first', never)).toEqual({});
  });
});
