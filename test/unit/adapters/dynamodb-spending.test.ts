import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbObjectStore } from '#functions/adapters/dynamodb-object-store.ts';
import { dynamoDbSpending } from '#functions/adapters/dynamodb-spending.ts';
import { ObjectsUnavailable } from '#shared/errors/store-errors.ts';
import { spendingRow } from '#shared/issuing/spending-row.ts';
import { type LocalTable, localTable } from './local-table.ts';

const never = new AbortController().signal;
const NOVEMBER = Date.parse('2026-11-20T12:00:00Z') / 1000;
let table: LocalTable;
beforeAll(async () => {
  table = await localTable(['object', 'scope']);
});
afterAll(() => table.close());

/** Keeps what an authorization holds, as of some seconds after it was made. */
const keep = (id: string, amount: number, { card = 'ic_1', created = NOVEMBER, scope = 'test', later = 0 } = {}) =>
  dynamoDbObjectStore(table.client, table.name).put(
    {
      ...spendingRow({ id, card: { id: card }, created }, amount),
      scope,
      asOf: (created + later) * 1_000,
      event: 'evt_1',
    },
    never,
  );
const read = (card: string, scope = 'test', month = '2026-11') =>
  dynamoDbSpending(table.client, table.name).inMonth({ card, scope, month }, never);

describe('spending in the objects table', () => {
  it('is every authorization of the card in the month, and nothing else', async () => {
    await keep('iauth_1', 10);
    await keep('iauth_2', 20, { later: 5 });
    await keep('iauth_3', 40, { created: Date.parse('2026-12-01T00:00:00Z') / 1000 });
    await keep('iauth_4', 80, { card: 'ic_2' });
    await keep('iauth_5', 160, { scope: 'live' });
    await keep('iauth_6', 320, { scope: 'test#acct_1' });

    expect(await read('ic_1')).toEqual([
      { amount: 10, created: NOVEMBER },
      { amount: 20, created: NOVEMBER },
    ]);
    expect(await read('ic_1', 'test#acct_1')).toEqual([{ amount: 320, created: NOVEMBER }]);
    expect(await read('ic_none')).toEqual([]);
  });

  it('counts the newest state of an authorization, in whatever order its states come', async () => {
    await keep('iauth_1', 100, { card: 'ic_3' });
    await keep('iauth_1', 0, { card: 'ic_3', later: 9 });
    await keep('iauth_1', 70, { card: 'ic_3', later: 3 });

    expect(await read('ic_3')).toEqual([{ amount: 0, created: NOVEMBER }]);
  });

  it('is read over as many pages as it has', async () => {
    // A page ends after a megabyte.
    const store = dynamoDbObjectStore(table.client, table.name);
    for (let i = 0; i < 7; i += 1) {
      const row = spendingRow({ id: `iauth_${i}`, card: { id: 'ic_4' }, created: NOVEMBER }, 1);
      const data = { ...row.data, padding: 'x'.repeat(200_000) };
      await store.put({ ...row, data, scope: 'test', asOf: 1, event: 'evt_1' }, never);
    }

    expect(await read('ic_4')).toHaveLength(7);
  });

  it('is unavailable when the table does not answer', async () => {
    const spending = dynamoDbSpending(table.client, 'no-such-table');

    await expect(spending.inMonth({ card: 'ic_1', scope: 'test', month: '2026-11' }, never)).rejects.toThrow(
      ObjectsUnavailable,
    );
  });
});
