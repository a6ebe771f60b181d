import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbObjectStore } from '#functions/adapters/dynamodb-object-store.ts';
import { handleBatch } from '#functions/handlers/handle-batch.ts';
import { type History, makeHistory } from '#local/chaos/history.ts';
import { KNOWN_LIVES } from '#local/chaos/lives.ts';
import { objectKey } from '#shared/projection/object-key.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import { seededRandom } from '#shared/random/seeded-random.ts';
import { fakeHandlerWorld, NOW, recordOf } from '../handlers/handler-fakes.ts';
import { type LocalTable, localTable } from './local-table.ts';

const random = seededRandom(20_261_130);
const OWNER = { livemode: false, account: undefined };
const FANOUT = { version: 1, payload: 'snapshot', publishedAt: 'x' };
/** Lives of objects, made up with their end: what must be kept is known without asking the projection. */
const HISTORIES: readonly History[] = Array.from({ length: 40 }, (_, i) =>
  makeHistory(random.pick(KNOWN_LIVES), random, `table ${i}`, NOW / 1000 - 3_600, OWNER, i % 20 === 0),
);

let table: LocalTable;
beforeAll(async () => {
  table = await localTable(['object', 'scope']);
});
afterAll(() => table.close());

/** What a row shows, in the words of a history's end. */
function shown(row: ObjectRow | undefined, stored: ReadonlyMap<string, string>): unknown {
  if (row === undefined) return undefined;
  if (row.current.gone) return { is: 'gone' };
  const textOf = ({ text, at }: NonNullable<ObjectRow['current']['body']>) => text ?? stored.get(at?.key ?? '');
  const [current, ...rivals] = [row.current, ...row.rivals].map(({ body }) => body && textOf(body));
  return row.ambiguous ? { is: 'either', texts: [current, ...rivals].toSorted() } : { is: 'shown', text: current };
}

/** What is kept of a history where nobody asks Stripe: an end that its events leave open stays so. */
function keptOf({ events, last, endsOpen }: History): unknown {
  if (!endsOpen) return last;
  return {
    is: 'either',
    texts: events
      .slice(-2)
      .map(({ data }) => JSON.stringify(data.object))
      .toSorted(),
  };
}

describe('the table holds the right last state, whatever the order, at once and with repeats,', () => {
  it.each(HISTORIES.map((history) => [history.events.map(({ type }) => type).join(', '), history] as const))(
    'of a history of %s',
    async (_types, history) => {
      const world = { ...fakeHandlerWorld(), objects: dynamoDbObjectStore(table.client, table.name) };
      const events = [...history.events, ...history.events.filter(() => random.chance(0.3))]
        .map((event) => ({ event, at: random.below(1_000) }))
        .toSorted((a, b) => a.at - b.at);

      // Each in an invocation of its own, as handlers that write one row at the same time do.
      const records = events.map(({ event }) => recordOf({ ...event, fanout: FANOUT }));
      await Promise.all(records.map((record) => handleBatch(world, {}, { Records: [record] }, 30_000)));

      const key = history.events[0] && objectKey(history.events[0]);
      const row = key && (await world.objects.read(key, new AbortController().signal));
      expect(shown(row, world.stored)).toEqual(keptOf(history));
    },
  );
});
