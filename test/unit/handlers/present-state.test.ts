import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handleBatch } from '#functions/handlers/handle-batch.ts';
import type { HandlerPorts } from '#functions/handlers/ports.ts';
import { ObjectsUnavailable, QueueUnavailable } from '#shared/errors/store-errors.ts';
import { REFRESHED_TYPE } from '#shared/event/bus-entry.ts';
import { readRefreshRequest, writeRefreshRequest } from '#shared/refresh/refresh-request.ts';
import { type FakeHandlerWorld, fakeHandlerWorld, invoiceEvent, NOW, recordOf } from './handler-fakes.ts';

/** A change of the invoice `in_1`, `second` seconds from now on. */
const changed = (id: string, total: number, second = 0) =>
  invoiceEvent({
    id,
    type: 'invoice.updated',
    created: NOW / 1000 + second,
    data: { object: { id: 'in_1', object: 'invoice', total } },
  });

/** What Stripe answers when it is asked at that time, as it comes to the domain's queue. */
const present = (total: number, askedAt: number, object: object = { id: 'in_1', object: 'invoice', total }) =>
  recordOf({
    ...invoiceEvent({ id: `req_${askedAt}_${total}`, type: REFRESHED_TYPE, data: { object } }),
    fanout: {
      version: 1,
      payload: 'resolved',
      publishedAt: 'x',
      resolvedAt: new Date(askedAt).toISOString(),
    },
  });

type Record = ReturnType<typeof recordOf>;

async function handle(world: HandlerPorts, ...records: readonly (Record | object)[]) {
  const of = (one: Record | object): Record => ('body' in one ? one : recordOf(one));
  const failed = [];
  for (const record of records) {
    const { batchItemFailures } = await handleBatch(world, {}, { Records: [of(record)] }, 30_000);
    failed.push(...batchItemFailures);
  }
  return failed;
}

const rowOf = (world: FakeHandlerWorld) => world.rows.get('in_1 test');

describe('a tie that Stripe’s facts do not settle', () => {
  it('is asked for: the object at its path, not before an answer can be newer than the tie', async () => {
    const world = fakeHandlerWorld();

    await handle(world, changed('evt_1', 1), changed('evt_2', 2));

    expect(rowOf(world)?.ambiguous).toBe(true);
    expect(world.asked).toEqual([
      {
        request: {
          domain: 'billing',
          reason: 'tie',
          key: { object: 'in_1', scope: 'test' },
          asOf: NOW,
          kind: 'invoice',
          id: 'in_1',
          url: '/v1/invoices/in_1',
          livemode: false,
          event: 'evt_2',
          type: 'invoice.updated',
          via: 'webhook',
          destination: 'account',
          eventUrl: '/v1/events/evt_2',
        },
        // The margin of two seconds between the clocks, and the millisecond after it.
        delaySeconds: 3,
      },
    ]);
  });

  it('is asked for at once where the margin is over, and for the account that has it', async () => {
    const world = fakeHandlerWorld();
    world.time.now += 60_000;

    const of = { account: 'acct_1', context: 'acct_0/acct_1' };
    await handle(world, { ...changed('evt_1', 1), ...of }, { ...changed('evt_2', 2), ...of });

    expect(world.asked).toMatchObject([
      { request: { context: 'acct_0/acct_1', account: 'acct_1', key: { scope: 'test#acct_1' } }, delaySeconds: 0 },
    ]);
  });

  it('is asked for again when the message comes again: whoever wrote the row may have ended before asking', async () => {
    const world = fakeHandlerWorld();
    await handle(world, changed('evt_1', 1), changed('evt_2', 2));
    world.asked.length = 0;

    await handle(world, changed('evt_2', 2));

    expect(world.asked).toHaveLength(1);
  });

  it('keeps its message when nobody can be asked, and its reactions run all the same', async () => {
    const world = fakeHandlerWorld();
    await handle(world, changed('evt_1', 1));
    const failing = { ask: () => Promise.reject(new QueueUnavailable('The refresh queue did not take a request.')) };
    const ran: string[] = [];
    const reactions = { 'invoice.updated': async ({ id }: { id: string }) => void ran.push(id) };

    const batch = { Records: [recordOf(changed('evt_2', 2))] };
    const answer = await handleBatch({ ...world, refreshes: failing }, reactions, batch, 30_000);

    expect(answer.batchItemFailures).toHaveLength(1);
    expect(ran).toEqual(['evt_2']);
    expect(world.listed()).toEqual({ 'evt_2 handle#billing': 'queue_unavailable' });
  });

  it('is not asked for where Stripe’s API has no such object', async () => {
    const world = fakeHandlerWorld();
    const preview = (id: string, total: number) => ({ ...changed(id, total), type: 'invoice.upcoming' });
    const of = (id: string, total: number) => ({
      ...preview(id, total),
      data: { object: { id: 'upcoming_in_1', object: 'invoice', subscription: 'sub_1', total } },
    });

    await handle(world, of('evt_1', 1), of('evt_2', 2));

    expect(world.rows.get('upcoming_invoice:sub_1 test')?.ambiguous).toBe(true);
    expect(world.asked).toEqual([]);
  });

  it('is not asked for where Stripe’s API would answer with what may be another object', async () => {
    const world = fakeHandlerWorld();
    const discount = (id: string, total: number) => ({
      ...changed(id, total),
      type: 'customer.discount.updated',
      data: { object: { id: 'di_1', object: 'discount', customer: 'cus_1', total } },
    });

    await handle(world, discount('evt_1', 1), discount('evt_2', 2));

    expect(world.rows.get('di_1 test')?.ambiguous).toBe(true);
    expect(world.asked).toEqual([]);
  });

  it('leaves out the proof of an event that Stripe no longer keeps', async () => {
    const world = fakeHandlerWorld();
    const old = -31 * 86_400;

    await handle(world, changed('evt_1', 1, old), changed('evt_2', 2, old));

    expect(world.asked[0]?.request).not.toHaveProperty('eventUrl');
  });
});

describe('an event', () => {
  it('that is alone, or is settled by Stripe’s own facts, asks for nothing', async () => {
    const world = fakeHandlerWorld();
    const after = changed('evt_2', 2);

    await handle(world, changed('evt_1', 1), {
      ...after,
      data: { ...after.data, previous_attributes: { total: 1 } },
    });

    expect(rowOf(world)).toMatchObject({ ambiguous: false, current: { event: 'evt_2' } });
    expect(world.asked).toEqual([]);
  });

  it('of a domain that wants the latest asks, but for what is old already, deleted, or was fetched just now', async () => {
    const world = fakeHandlerWorld({ freshness: 'latest' });
    const thin = { ...changed('evt_3', 3, 5), fanout: { version: 1, payload: 'resolved', publishedAt: 'x' } };

    await handle(world, changed('evt_2', 2), changed('evt_1', 1, -9));
    await handle(world, { ...thin, fanout: { ...thin.fanout, resolvedAt: new Date(NOW + 9_000).toISOString() } });
    await handle(world, { ...changed('evt_4', 4, 9), type: 'invoice.deleted' });

    expect(world.asked.map(({ request }) => [request.event, request.reason])).toEqual([['evt_2', 'latest']]);
  });
});

describe('a present state', () => {
  it('settles the tie, in Stripe’s own bytes, and nothing reacts to it', async () => {
    const world = fakeHandlerWorld();
    await handle(world, changed('evt_1', 1), changed('evt_2', 2));

    await handle(world, present(3, NOW + 2_500));

    expect(rowOf(world)).toMatchObject({
      ambiguous: false,
      asOf: NOW + 500,
      rivals: [],
      current: { type: REFRESHED_TYPE, body: { text: '{"id":"in_1","object":"invoice","total":3}' } },
    });
    expect(world.counts.get('Refreshed')).toBe(1);
    // The delivery check compares with the rules of the bus, which it has not come by.
    expect(world.counts.get('Handled')).toBe(2);
  });

  it('is not undone by an event of before, however late that comes; one of after replaces it', async () => {
    const world = fakeHandlerWorld();

    await handle(world, present(3, NOW + 2_500), changed('evt_1', 1), changed('evt_2', 2));
    expect(rowOf(world)?.current.body?.text).toContain('"total":3');

    await handle(world, changed('evt_4', 4, 1));
    expect(rowOf(world)?.current.body?.text).toContain('"total":4');
  });

  it('of a deleted object is a tombstone', async () => {
    const world = fakeHandlerWorld();

    await handle(world, present(0, NOW, { id: 'cus_1', object: 'customer', deleted: true }));

    expect(world.rows.get('cus_1 test')).toMatchObject({ tombstone: true });
  });

  it.each([
    ['whatever the order in which events and answers come', 0],
    ['also when calls fail, or their answers are lost', 40],
  ])('ends every history in the truth, %s', async (_, unreliableCalls) => {
    const moment = fc.record({ second: fc.nat(3), total: fc.nat(9) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(moment, { minLength: 2, maxLength: 6 }),
        fc.infiniteStream(fc.nat(100)),
        async (moments, random) => {
          const world = fakeHandlerWorld();
          const next = () => Number(random.next().value);
          const ports = unreliable(world, unreliableCalls, next);
          const sorted = moments.toSorted((a, b) => a.second - b.second);
          const events = sorted.map(({ second, total }, index) => recordOf(changed(`evt_${index}`, total, second)));
          const truth = sorted.at(-1)?.total ?? 0;
          const waiting: Record[] = [...events, ...events];

          for (let at = NOW + 10_000; waiting.length > 0; at += 1) {
            const [record] = waiting.splice(next() % waiting.length, 1);
            // What failed comes again.
            if (record && (await handle(ports, record)).length > 0) waiting.push(record);
            // The resolver: an answer is of a later time than all events, and comes whenever it comes.
            for (const _ of world.asked.splice(0)) waiting.push(present(truth, at));
          }

          const { ambiguous, current } = rowOf(world) ?? {};
          expect(ambiguous).toBe(false);
          expect(current?.body?.text).toContain(`"total":${truth}`);
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** Some of the first calls to table and queue fail: before anything is done, or when it is done and nobody told. */
function unreliable(world: FakeHandlerWorld, calls: number, next: () => number): HandlerPorts {
  let left = calls;
  const faulty = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    const fate = left-- > 0 ? next() % 4 : 3;
    if (fate === 0) throw new ObjectsUnavailable('Nothing was done.');
    const result = await call();
    if (fate === 1) throw new ObjectsUnavailable('It was done, and the answer lost.');
    return result;
  };
  const { objects, refreshes } = world;
  return {
    ...world,
    objects: {
      read: (key, signal) => faulty(() => objects.read(key, signal)),
      write: (row, signal) => faulty(() => objects.write(row, signal)),
    },
    refreshes: {
      ask: (request, delay, signal) => faulty(() => refreshes.ask(request, delay, signal)),
    },
  };
}

describe('a request for a present state', () => {
  it('comes out of its message as it went in, and any other message is none', async () => {
    const world = fakeHandlerWorld();
    await handle(world, changed('evt_1', 1), changed('evt_2', 2));
    const { request } = world.asked[0] ?? {};
    const text = request && writeRefreshRequest(request);

    expect(readRefreshRequest(text ?? '')).toEqual({ ...request, account: undefined });
    for (const other of [
      '',
      '{}',
      '{"detail":{}}',
      recordOf(changed('evt_1', 1)).body,
      text?.replace('billing', 'bill'),
    ]) {
      expect(readRefreshRequest(other ?? '')).toBeUndefined();
    }
  });
});
