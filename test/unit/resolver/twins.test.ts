import { describe, expect, it } from 'vitest';
import { twinOf } from '#functions/resolver/twin-of.ts';
import type { Destination } from '#shared/environment/destination.ts';
import { PublishFailed, PublishUnknown } from '#shared/errors/store-errors.ts';
import type { ThinEvent } from '#shared/event/stripe-event.ts';
import { fakeResolverWorld, INVOICE, record, resolve, thinEvent } from './resolver-fakes.ts';

const either: Destination = { name: 'account', mode: 'both', payload: 'either', accounts: 'own' };
const SNAPSHOT = { event: 'evt_snap1', stage: 'publish' } as const;
const twin = thinEvent({ snapshot_event: 'evt_snap1' });
const signal = AbortSignal.timeout(60_000);

function worldWithTwins() {
  const world = fakeResolverWorld({ destinations: [either] });
  world.answers.set('/v1/invoices/in_1', INVOICE);
  return world;
}

describe('a notification whose snapshot twin', () => {
  it('was published is told already, and costs no request', async () => {
    const world = worldWithTwins();
    const claimed = await world.ledger.claim(SNAPSHOT, undefined, signal);
    if (claimed.outcome === 'claimed') await world.ledger.complete(claimed.claim, signal);

    expect(await resolve(world, [record(twin)])).toEqual([]);

    expect(world.entries).toEqual([]);
    expect(world.requests).toEqual([]);
    expect(world.counts.get('TwinSkipped')).toBe(1);
  });

  it('has not come is published under the snapshot’s id, and the ingress finds the snapshot’s row done', async () => {
    const world = worldWithTwins();

    await resolve(world, [record(twin)]);

    expect(world.published()).toMatchObject([{ id: 'evt_snap1', fanout: { notification: { id: 'evt_thin1' } } }]);
    expect(await world.ledger.claim(SNAPSHOT, undefined, signal)).toEqual({ outcome: 'done' });
  });

  it('is being published waits until that is over', async () => {
    const world = worldWithTwins();
    await world.ledger.claim(SNAPSHOT, undefined, signal);

    expect(await resolve(world, [record(twin)])).toEqual(['m1']);

    expect(world.entries).toEqual([]);
    expect(world.hidden[0]?.seconds).toBeGreaterThan(30);
  });

  it('arrives while the object is fetched is not told twice', async () => {
    const world = worldWithTwins();
    world.answers.set('/v1/invoices/in_1', () => {
      // What the ingress does, in between.
      world.ledger.rows.set('evt_snap1 publish', {
        status: 'done',
        owner: 'ingress',
        leaseUntil: 0,
        expiresAt: Number.MAX_SAFE_INTEGER,
        attempts: 1,
      });
      return INVOICE;
    });

    expect(await resolve(world, [record(twin)])).toEqual([]);

    expect(world.entries).toEqual([]);
    expect(world.counts.get('TwinSkipped')).toBe(1);
  });

  it('is kept from nothing by a notification that could not be published', async () => {
    const world = worldWithTwins();
    world.failPublish.push(new PublishFailed('throttled'));

    await resolve(world, [record(twin)]);

    expect(await world.ledger.claim(SNAPSHOT, undefined, signal)).toMatchObject({ outcome: 'claimed' });
  });

  it('was perhaps published with it, which nobody knows, has the same id at least', async () => {
    const world = worldWithTwins();
    world.failPublish.push(new PublishUnknown('no answer'));

    await resolve(world, [record(twin)]);
    await resolve(world, [record(twin, { receiveCount: 2 })]);

    expect(world.published()).toMatchObject([{ id: 'evt_snap1' }]);
    expect(world.counts.get('PublishUnknown')).toBe(1);
  });
});

describe('a twin is looked for', () => {
  const event = { ...thinEvent({ snapshot_event: 'evt_snap1' }), object: 'v2.core.event' } as ThinEvent;
  const thin: Destination = { name: 'thin', mode: 'both', payload: 'thin', accounts: 'own' };
  const snapshots = (overrides: Partial<Destination>): Destination => ({
    name: 'other',
    mode: 'both',
    payload: 'snapshot',
    accounts: 'own',
    ...overrides,
  });

  it.each<[string, Destination[]]>([
    ['a destination takes both styles', [{ ...thin, payload: 'either' }]],
    ['another takes snapshots of the same accounts and mode', [thin, snapshots({ mode: 'test' })]],
    ['another takes snapshots of whatever accounts', [thin, snapshots({ accounts: 'either' })]],
  ])('where %s', (_, destinations) => {
    expect(twinOf(event, 'thin', destinations)).toBe('evt_snap1');
  });

  it.each<[string, Destination[]]>([
    ['only thin events come', [thin]],
    ['snapshots come of the other mode only', [thin, snapshots({ mode: 'live' })]],
    ['snapshots come of other accounts only', [thin, snapshots({ accounts: 'connected' })]],
  ])('not where %s', (_, destinations) => {
    expect(twinOf(event, 'thin', destinations)).toBeUndefined();
  });

  it.each([undefined, null, '', 'in_1', 7])('not where the notification names %j', (snapshot_event) => {
    const other = { ...event, snapshot_event } as ThinEvent;

    expect(twinOf(other, 'thin', [{ ...thin, payload: 'either' }])).toBeUndefined();
  });
});
