import { beforeEach, describe, expect, it } from 'vitest';
import type { RefreshPorts } from '#functions/resolver/refresh/ports.ts';
import { refreshBatch } from '#functions/resolver/refresh/refresh-batch.ts';
import { QueueUnavailable } from '#shared/errors/store-errors.ts';
import {
  StripeKeyMissing,
  StripePermissionMissing,
  StripeRateLimited,
  StripeUnavailable,
} from '#shared/errors/stripe-errors.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import { type RefreshRequest, writeRefreshRequest } from '#shared/refresh/refresh-request.ts';
import { rawRecord } from '../handlers/handler-fakes.ts';
import { type FakeResolverWorld, fakeResolverWorld, INVOICE, NOW } from './resolver-fakes.ts';

const ASKED: RefreshRequest = {
  domain: 'billing',
  reason: 'tie',
  key: { object: 'in_1', scope: 'test' },
  asOf: NOW - 10_000,
  kind: 'invoice',
  id: 'in_1',
  url: '/v1/invoices/in_1',
  livemode: false,
  event: 'evt_1',
  type: 'invoice.updated',
  via: 'webhook',
  destination: 'account',
  eventUrl: '/v1/events/evt_1',
};

let world: FakeResolverWorld;
let row: ObjectRow | undefined;
let sent: { readonly domain: string; readonly body: string }[];
let ports: RefreshPorts;
beforeEach(() => {
  world = fakeResolverWorld();
  world.answers.set(ASKED.url, INVOICE);
  row = undefined;
  sent = [];
  ports = {
    ...world,
    domain: 'refresh',
    asking: world.telemetry,
    objects: { read: async () => row },
    domains: { send: async (domain, body) => void sent.push({ domain, body }) },
  };
});

const record = (request: Partial<RefreshRequest> = {}, receiveCount = 1, messageId = 'm1') =>
  rawRecord(writeRefreshRequest({ ...ASKED, ...request }), { messageId, receiveCount });

/** One invocation. @returns ids of the messages that stay in the queue */
async function refresh(...records: ReturnType<typeof record>[]): Promise<readonly string[]> {
  const answer = await refreshBatch(ports, { Records: records }, 30_000);
  return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

const rowOf = (asOf: number, more: Partial<ObjectRow> = {}): ObjectRow => ({
  ...ASKED.key,
  asOf,
  current: { event: 'evt_1', type: 'invoice.updated', kind: 'invoice', gone: false },
  rivals: [],
  ambiguous: false,
  tombstone: false,
  version: 1,
  recent: [],
  erasing: [],
  updatedAt: 'x',
  ...more,
});

describe('a request for a present state', () => {
  it('is answered to the domain that asked, in Stripe’s own bytes and with the time of asking', async () => {
    expect(await refresh(record({ context: 'acct_1', account: 'acct_1' }))).toEqual([]);

    expect(world.requests).toMatchObject([{ path: ASKED.url, livemode: false, context: 'acct_1', because: 'evt_1' }]);
    const [{ domain, body } = { domain: '', body: '{}' }] = sent;
    expect(domain).toBe('billing');
    expect(body).toContain(`"data":{"object":${INVOICE}}`);
    const { detail } = JSON.parse(body);
    expect(detail).toMatchObject({
      type: 'stripe_fanout.refreshed',
      livemode: false,
      account: 'acct_1',
      fanout: { payload: 'resolved', resolvedAt: new Date(world.requests[0]?.at ?? 0).toISOString() },
    });
    expect(world.counts.get('StateFetched')).toBe(1);
  });

  it('is answered over the payload store where the object is too large for a queue', async () => {
    const large = JSON.stringify({ id: 'in_1', object: 'invoice', notes: 'é'.repeat(200_000) });
    world.answers.set(ASKED.url, large);

    await refresh(record());

    const { detail } = JSON.parse(sent[0]?.body ?? '');
    expect(Buffer.byteLength(sent[0]?.body ?? '')).toBeLessThan(1_000);
    expect(detail.fanout).toMatchObject({ payload: 'reference', reference: { payload: 'resolved' } });
    expect(world.stored.get(detail.fanout.reference.key)).toContain(large);
  });

  it('asks Stripe once for the same object, however many ask in one batch', async () => {
    await refresh(record({}, 1, 'm1'), record({ event: 'evt_2' }, 1, 'm2'), record({ event: 'evt_3' }, 1, 'm3'));

    expect(world.requests).toHaveLength(1);
    expect(world.counts.get('Coalesced')).toBe(2);
  });

  it.each([
    ['newer meanwhile', rowOf(ASKED.asOf + 1)],
    ['deleted meanwhile', rowOf(ASKED.asOf, { tombstone: true })],
    ['settled meanwhile, by an event that told the order', rowOf(ASKED.asOf, { ambiguous: false })],
  ])('asks Stripe for nothing where the row is %s', async (_, newer) => {
    row = newer;

    expect(await refresh(record())).toEqual([]);

    expect(world.requests).toEqual([]);
    expect(sent).toEqual([]);
    expect(world.counts.get('StateKnown')).toBe(1);
  });

  it('of a domain that wants the latest is answered for a row that no tie is open in', async () => {
    row = rowOf(ASKED.asOf);

    await refresh(record({ reason: 'latest' }));

    expect(sent).toHaveLength(1);
  });

  it('waits for the moment from which on an answer is newer than what is known', async () => {
    row = rowOf(NOW, { ambiguous: true });

    await refresh(record({ asOf: NOW }));

    const [request] = world.requests;
    expect((request?.at ?? 0) - 2_000).toBeGreaterThan(NOW);
  });

  it('comes back later where an event is dated further ahead than an invocation can wait', async () => {
    expect(await refresh(record({ asOf: NOW + 120_000 }))).toEqual(['m1']);

    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: 123 }]);
    expect(world.requests).toEqual([]);
  });

  it('is not content with an answer to another one of its batch that is too old for it', async () => {
    // Who has to wait for the moment waits until the other one has asked.
    const sleep: RefreshPorts['sleep'] = async (ms, signal) => {
      while (ms > 1_000 && world.requests.length === 0) await new Promise(setImmediate);
      await world.sleep(ms, signal);
    };
    ports = { ...ports, sleep };

    const kept = await refresh(record({ asOf: NOW - 10_000 }, 1, 'm1'), record({ asOf: NOW }, 1, 'm2'));

    expect(kept).toEqual(['m2']);
    expect(sent).toHaveLength(1);
  });

  it('of a tie is let go where the mode has no key: its row stays ambiguous', async () => {
    world.answers.set(ASKED.url, new StripeKeyMissing('The secret of API keys holds no key for test mode.'));

    expect(await refresh(record())).toEqual([]);

    expect(world.parked).toEqual([]);
    expect(world.counts.get('StateWithoutKey')).toBe(1);
  });

  it.each([
    [new StripeKeyMissing('The secret of API keys holds no key for test mode.'), 'latest', 'stripe_key_missing'],
    [new StripePermissionMissing('The key lacks rak_invoice_read.'), 'tie', 'stripe_permission_missing'],
  ] as const)('is parked at once where no retry can help: %s', async (error, reason, code) => {
    world.answers.set(ASKED.url, error);

    expect(await refresh(record({ reason }))).toEqual([]);

    expect(world.parked).toMatchObject([{ code }]);
    expect(world.recorded.get('evt_1 handle#refresh')).toMatchObject({ domain: 'refresh', code });
  });

  it.each([
    new StripeRateLimited('Stripe answered 429.', { afterSeconds: 90 }),
    new StripeUnavailable('Stripe did not answer: hang.', { afterSeconds: 90 }),
  ])('goes back, not before Stripe allows: %s', async (error) => {
    world.answers.set(ASKED.url, error);

    expect(await refresh(record())).toEqual(['m1']);

    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: 90 }]);
  });

  it('goes back when the domain’s queue does not take the answer', async () => {
    ports = {
      ...ports,
      domains: { send: () => Promise.reject(new QueueUnavailable('The queue of billing did not.')) },
    };

    expect(await refresh(record())).toEqual(['m1']);
  });

  it('that is none is parked', async () => {
    expect(await refresh(rawRecord('{"detail":{"id":"evt_1"}}'))).toEqual([]);

    expect(world.parked).toMatchObject([{ code: 'not_an_event' }]);
  });

  it('for an object that is answered with another one is parked', async () => {
    world.answers.set(ASKED.url, '{"id":"in_2","object":"invoice"}');

    await refresh(record());

    expect(world.parked).toMatchObject([{ code: 'related_object_unexpected' }]);
    expect(sent).toEqual([]);
  });
});

describe('an object that Stripe does not find', () => {
  beforeEach(() => {
    world.answers.delete(ASKED.url);
  });

  it('is asked for once more later, and then changes nothing, once the event has proved the key', async () => {
    world.answers.set('/v1/events/evt_1', '{"id":"evt_1","object":"event"}');

    expect(await refresh(record())).toEqual(['m1']);
    expect(await refresh(record({}, 2))).toEqual([]);

    expect(sent).toEqual([]);
    expect(world.counts.get('ObjectMissing')).toBe(1);
  });

  it('opens the breaker for notifications too where the event is not found either', async () => {
    expect(await refresh(record({}, 2))).toEqual(['m1']);

    expect(world.recorded.get('evt_1 handle#refresh')).toMatchObject({ code: 'stripe_finds_nothing' });
    expect(world.breaker.allows(false)).toBe(false);
    expect(world.counts.get('NotFoundBreakerOpen')).toBe(1);

    world.answers.set(ASKED.url, INVOICE);
    const asked = world.requests.length;
    expect(await refresh(record({}, 3))).toEqual(['m1']);
    expect(world.requests).toHaveLength(asked);
  });
});
