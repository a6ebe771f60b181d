import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbOperatorLock } from '#functions/adapters/operator/dynamodb-operator-lock.ts';
import { LOCK_LEASE_MS, type LockHolder } from '#shared/operations/operator-lock.ts';
import { type LocalTable, localTable } from './local-table.ts';

const clock = { time: Date.parse('2026-11-24T12:00:00Z'), now: () => clock.time };
const holder = (token: string): LockHolder => ({ token, host: 'laptop', pid: 7, what: 'a redrive' });

let table: LocalTable;
let lock: ReturnType<typeof dynamoDbOperatorLock>;
beforeAll(async () => {
  table = await localTable(['event', 'stage']);
  lock = dynamoDbOperatorLock(table.client, table.name, clock);
});
afterAll(() => table.close());

describe("an operator's lock", () => {
  it('is held by one command, and free for the next once it is given back', async () => {
    const first = await lock.take('core', holder('a'));
    const second = await lock.take('core', holder('b'));
    await lock.release('core', 'a', 3);
    const third = await lock.take('core', holder('b'));

    expect(first).toEqual({ outcome: 'taken' });
    expect(second).toMatchObject({ outcome: 'held', by: { token: 'a', host: 'laptop', pid: 7, what: 'a redrive' } });
    expect(third).toEqual({ outcome: 'taken' });
  });

  it('goes to exactly one of many that come at once', async () => {
    const tokens = Array.from({ length: 20 }, (_, i) => `crowd${i}`);

    const outcomes = await Promise.all(tokens.map((token) => lock.take('crowd', holder(token))));

    expect(outcomes.filter(({ outcome }) => outcome === 'taken')).toHaveLength(1);
  });

  it('is free when its holder was not heard of for the length of a lease, and held as long as it is', async () => {
    await lock.take('billing', holder('a'));

    clock.time += LOCK_LEASE_MS - 1;
    const renewed = await lock.note('billing', 'a', { moved: 1, inHand: [] });
    clock.time += LOCK_LEASE_MS - 1;
    const early = await lock.take('billing', holder('b'));
    clock.time += 1;
    const late = await lock.take('billing', holder('b'));

    expect([renewed, early.outcome, late.outcome]).toEqual([true, 'held', 'taken']);
    expect(await lock.note('billing', 'a', { moved: 2, inHand: [] })).toBe(false);
  });

  it('is taken at once from a holder that is known to have died, and from no other', async () => {
    await lock.take('tax', holder('dead'));

    expect((await lock.take('tax', holder('b'), 'somebody else')).outcome).toBe('held');
    expect((await lock.take('tax', holder('b'), 'dead')).outcome).toBe('taken');
  });

  it('tells what all commands that were killed in a row had in hand, until one has ended in order', async () => {
    await lock.take('fraud', holder('a'));
    await lock.note('fraud', 'a', { moved: 5, inHand: ['evt_1', 'evt_2'] });
    await lock.take('fraud', holder('b'), 'a');
    await lock.note('fraud', 'b', { moved: 2, inHand: ['evt_3'] });

    const third = await lock.take('fraud', holder('c'), 'b');
    await lock.release('fraud', 'c', 0);
    const fourth = await lock.take('fraud', holder('d'));

    expect(third).toMatchObject({
      interrupted: { token: 'b', moved: 2, inHand: ['evt_3'], unreported: ['evt_1', 'evt_2'] },
    });
    expect(fourth).toEqual({ outcome: 'taken' });
  });
});
