import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbObjectStore } from '#functions/adapters/dynamodb-object-store.ts';
import { ObjectsUnavailable } from '#shared/errors/store-errors.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import { type LocalTable, localTable } from './local-table.ts';

const never = new AbortController().signal;
let table: LocalTable;
let store: ReturnType<typeof dynamoDbObjectStore>;

beforeAll(async () => {
  table = await localTable(['object', 'scope']);
  store = dynamoDbObjectStore(table.client, table.name);
});
afterAll(() => table.close());

const row = (overrides: Partial<ObjectRow> = {}): ObjectRow => ({
  object: 'in_1',
  scope: 'test#acct_1',
  asOf: 1_700_000_000_000,
  current: { event: 'evt_1', type: 'invoice.paid', kind: 'invoice', gone: false, body: { text: '{"id":"in_1"}' } },
  rivals: [],
  ambiguous: false,
  tombstone: false,
  version: 1,
  recent: ['evt_1'],
  erasing: [],
  updatedAt: '2026-11-20T12:00:00.000Z',
  ...overrides,
});

describe('the objects table', () => {
  it.each([
    ['plain', row()],
    ['tombstone', row({ tombstone: true, current: { event: 'evt_1', type: 'a.deleted', kind: 'a', gone: true } })],
    ['half erased', row({ erasing: ['objects/a', 'objects/b'] })],
    ['redacted', row({ redactedAt: 5, current: { event: 'evt_1', type: 'a.redacted', kind: 'a', gone: false } })],
    [
      'ambiguous, with rivals and a body elsewhere',
      row({
        ambiguous: true,
        current: {
          event: 'evt_2',
          type: 'a.updated',
          kind: 'a',
          gone: false,
          previous: '{"x":1}',
          body: { at: { bucket: 'b', key: 'k', bytes: 9, sha256: 'ff' } },
        },
        rivals: [{ event: 'evt_1', type: 'a.updated', kind: 'a', gone: false, body: { text: '{}' } }],
      }),
    ],
  ])('gives back a %s row as it was written', async (name, given) => {
    const written = { ...given, object: name };

    await store.write(written, never);

    expect(await store.read({ object: name, scope: written.scope }, never)).toEqual(written);
  });

  it('takes a version only over the one before it', async () => {
    const at = (version: number) => store.write(row({ object: 'in_fence', version }), never);

    expect([await at(2), await at(1), await at(1), await at(3), await at(2)]).toEqual([
      false,
      true,
      false,
      false,
      true,
    ]);
  });

  it('keeps the newest row of a reaction, whatever the order', async () => {
    const put = (asOf: number) =>
      store.put({ object: 'dunning:in_1', scope: 'test', asOf, event: `evt_${asOf}`, data: { asOf } }, never);

    expect([await put(2), await put(1), await put(2), await put(3)]).toEqual([true, false, true, true]);
  });

  it('says objects_unavailable when the table does not answer in time', async () => {
    await expect(store.read({ object: 'a', scope: 'test' }, AbortSignal.abort())).rejects.toThrow(ObjectsUnavailable);
    await expect(store.write(row(), AbortSignal.abort())).rejects.toThrow(ObjectsUnavailable);
  });
});
