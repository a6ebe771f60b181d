import { describe, expect, it } from 'vitest';
import { BusRefused, PublishFailed, PublishUnknown } from '#shared/errors/store-errors.ts';
import { StripeUnavailable } from '#shared/errors/stripe-errors.ts';
import { fakeResolverWorld, INVOICE, NOW, record, resolve, thinEvent } from './resolver-fakes.ts';

const EVENT_1 = '/v2/core/events/evt_thin1';

describe('a resolved event', () => {
  it('looks like a snapshot, with the object in Stripe’s own bytes and the notification beside it', async () => {
    const world = fakeResolverWorld();
    world.answers.set('/v1/invoices/in_1', INVOICE);
    const reason = { type: 'request', request: { id: 'req_1', idempotency_key: 'key-1' } };

    expect(await resolve(world, [record(thinEvent({ reason }))])).toEqual([]);

    expect(world.entries).toMatchObject([{ source: 'stripe', detailType: 'invoice.paid' }]);
    expect(world.entries[0]?.detail).toContain(`"data":{"object":${INVOICE}}`);
    expect(world.published()).toEqual([
      {
        id: 'evt_thin1',
        object: 'event',
        api_version: '2026-10-28.endive',
        created: Date.parse('2026-11-20T11:59:58Z') / 1000,
        data: { object: JSON.parse(INVOICE) },
        livemode: false,
        pending_webhooks: 0,
        request: { id: 'req_1', idempotency_key: 'key-1' },
        type: 'invoice.paid',
        fanout: {
          version: 1,
          payload: 'resolved',
          via: 'webhook',
          destination: 'account',
          receivedAt: '2026-11-20T11:59:59.400Z',
          resolvedAt: new Date(world.requests[0]?.at ?? 0).toISOString(),
          publishedAt: expect.any(String),
          notification: thinEvent({ reason }),
        },
      },
    ]);
  });

  it('keeps what changed, in Stripe’s own bytes', async () => {
    const world = fakeResolverWorld();
    world.answers.set('/v1/invoices/in_1', INVOICE);
    const text = JSON.stringify(thinEvent()).replace(/}$/, ',"changes":{"before":{"total":98765432109876543210}}}');

    await resolve(world, [record(text)]);

    expect(world.entries[0]?.detail).toContain('"changes":{"before":{"total":98765432109876543210}}');
  });

  it('keeps the name of an account’s part, and asks for that part', async () => {
    const world = fakeResolverWorld();
    const url = '/v2/core/accounts/acct_7?include=configuration.merchant';
    world.answers.set(url, '{"id":"acct_7","object":"v2.core.account"}');
    const type = 'v2.core.account[configuration.merchant].updated';

    await resolve(world, [record(thinEvent({ type, related_object: { id: 'acct_7', type: 'v2.core.account', url } }))]);

    expect(world.entries).toMatchObject([{ detailType: type }]);
    expect(world.published()).toMatchObject([{ type, account: 'acct_7' }]);
  });

  it.each([
    ['the last of its context', { context: 'acct_org/acct_2' }, {}, 'acct_2'],
    ['none for the own account', {}, {}, undefined],
    [
      'the related object where that is an account',
      { type: 'v1.account.updated', related_object: { id: 'acct_3', type: 'account', url: '/v1/accounts/acct_3' } },
      { fanout: { destination: 'connect' } },
      'acct_3',
    ],
    [
      'none where the own account tells of itself',
      { type: 'v1.account.updated', related_object: { id: 'acct_3', type: 'account', url: '/v1/accounts/acct_3' } },
      {},
      undefined,
    ],
  ])('has as its account %s', async (_, overrides, sending, account) => {
    const connect = { name: 'connect', mode: 'both', payload: 'thin', accounts: 'connected' } as const;
    const world = fakeResolverWorld();
    const both = { ...world, destinations: [...world.destinations, connect] };
    world.answers.set('/v1/invoices/in_1', INVOICE);
    world.answers.set('/v1/accounts/acct_3', '{"id":"acct_3","object":"account"}');

    await resolve(both, [record(thinEvent(overrides), sending)]);

    expect(world.published()[0]?.account).toBe(account);
    expect(world.requests[0]).toMatchObject({ context: 'context' in overrides ? 'acct_org/acct_2' : undefined });
  });

  it('of a type that carries data has it in its notification', async () => {
    const world = fakeResolverWorld();
    const related = { id: 'mtr_1', type: 'billing.meter', url: '/v1/billing/meters/mtr_1' };
    const type = 'v1.billing.meter.error_report_triggered';
    world.answers.set(related.url, '{"id":"mtr_1","object":"billing.meter"}');
    world.answers.set(EVENT_1, '{"id":"evt_thin1","data":{"count":11111111111111111111},"changes":null}');

    await resolve(world, [record(thinEvent({ type, related_object: related }))]);

    expect(world.published()).toMatchObject([
      { type: 'billing.meter.error_report_triggered', data: { object: { id: 'mtr_1' } } },
    ]);
    expect(world.entries[0]?.detail).toContain('"data":{"count":11111111111111111111}');
    expect(world.published()[0]?.fanout).not.toHaveProperty('notification.changes');
  });

  it.each([
    ['its event holds', '{"id":"evt_thin1","data":{"customer":"cus_1","subscription":"sub_1"}}', { customer: 'cus_1' }],
    ['nothing, where the event holds none', '{"id":"evt_thin1","data":null}', {}],
  ])('without a related object has as its object what %s', async (_, answer, object) => {
    const world = fakeResolverWorld();
    world.answers.set(EVENT_1, answer);

    await resolve(world, [record(thinEvent({ type: 'v1.invoice.upcoming', related_object: null }))]);

    expect(world.published()).toMatchObject([{ type: 'invoice.upcoming', data: { object } }]);
    expect(world.published()[0]?.fanout).not.toHaveProperty('resolvedAt');
  });

  it('of a singleton is found by its URL alone', async () => {
    const world = fakeResolverWorld();
    world.answers.set('/v1/balance', '{"object":"balance","available":[]}');

    await resolve(world, [
      record(thinEvent({ type: 'v1.balance.available', related_object: { type: 'balance', url: '/v1/balance' } })),
    ]);

    expect(world.published()).toMatchObject([{ type: 'balance.available', data: { object: { object: 'balance' } } }]);
  });

  it('of a type nobody has heard of asks for the event too, which may carry data', async () => {
    const world = fakeResolverWorld();
    world.answers.set('/v1/galaxies/gal_1', '{"id":"gal_1","object":"galaxy"}');
    world.answers.set(EVENT_1, '{"id":"evt_thin1","data":{"stars":3}}');
    const related = { id: 'gal_1', type: 'galaxy', url: '/v1/galaxies/gal_1' };

    await resolve(world, [record(thinEvent({ type: 'v1.galaxy.discovered', related_object: related }))]);

    expect(world.published()).toMatchObject([
      { type: 'galaxy.discovered', fanout: { notification: { data: { stars: 3 } } } },
    ]);
  });

  it('that is too large for the bus goes to the payload store under a name of its own', async () => {
    const world = fakeResolverWorld();
    world.answers.set('/v1/invoices/in_1', `{"id":"in_1","object":"invoice","description":"${'x'.repeat(300_000)}"}`);

    await resolve(world, [record(thinEvent())]);

    expect([...world.stored.keys()]).toEqual(['events/evt_thin1.resolved.json']);
    expect(world.published()).toMatchObject([
      { data: { object: { id: 'in_1' } }, fanout: { payload: 'reference', notification: { id: 'evt_thin1' } } },
    ]);
  });

  it('is published once, however often its notification comes', async () => {
    const world = fakeResolverWorld();
    world.answers.set('/v1/invoices/in_1', INVOICE);

    for (const messageId of ['m1', 'm2']) await resolve(world, [record(thinEvent(), { messageId })]);

    expect(world.entries).toHaveLength(1);
    expect(world.requests).toHaveLength(1);
    expect(world.counts.get('ResolveDuplicate')).toBe(1);
  });
});

describe('what keeps an event from being published', () => {
  it('gives it back: the bus may take it later', async () => {
    const world = fakeResolverWorld();
    world.answers.set('/v1/invoices/in_1', INVOICE);
    world.failPublish.push(new PublishFailed('throttled'));

    expect(await resolve(world, [record(thinEvent())])).toEqual(['m1']);
    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: 60 }]);
    expect(await resolve(world, [record(thinEvent(), { receiveCount: 2 })])).toEqual([]);

    expect(world.entries).toHaveLength(1);
  });

  it('is counted where nobody knows, since it may be published twice', async () => {
    const world = fakeResolverWorld();
    world.answers.set('/v1/invoices/in_1', INVOICE);
    world.failPublish.push(new PublishUnknown('no answer'));

    await resolve(world, [record(thinEvent())]);

    expect(world.counts.get('PublishUnknown')).toBe(1);
  });

  it('for good is announced, and the event kept', async () => {
    const world = fakeResolverWorld();
    world.answers.set('/v1/invoices/in_1', INVOICE);
    world.failPublish.push(new BusRefused('too deep', 'MalformedDetail'));

    expect(await resolve(world, [record(thinEvent())])).toEqual([]);

    expect(world.published()).toMatchObject([
      { type: 'stripe_fanout.refused', fanout: { refused: { type: 'invoice.paid' } } },
    ]);
    expect(world.stored.get('events/evt_thin1.resolved.json')).toContain(INVOICE);
  });

  it('by a crash is counted when the next one takes over', async () => {
    const world = fakeResolverWorld();
    world.answers.set('/v1/invoices/in_1', INVOICE);
    await world.ledger.claim({ event: 'evt_thin1', stage: 'resolve' }, undefined, AbortSignal.timeout(1_000));
    world.time.now = NOW + 60_000;

    await resolve(world, [record(thinEvent())]);

    expect(world.counts.get('PublishRepeated')).toBe(1);
    expect(world.entries).toHaveLength(1);
  });

  it('by a crash is counted even if Stripe fails whoever takes over, and the row is given back', async () => {
    const world = fakeResolverWorld();
    world.answers.set('/v1/invoices/in_1', [new StripeUnavailable('down'), INVOICE]);
    await world.ledger.claim({ event: 'evt_thin1', stage: 'resolve' }, undefined, AbortSignal.timeout(1_000));
    world.time.now = NOW + 60_000;

    await resolve(world, [record(thinEvent())]);
    await resolve(world, [record(thinEvent(), { receiveCount: 2 })]);

    expect(world.entries).toHaveLength(1);
    expect(world.counts.get('PublishRepeated')).toBe(1);
  });

  it('elsewhere leaves it hidden until the lease is over', async () => {
    const world = fakeResolverWorld();
    await world.ledger.claim({ event: 'evt_thin1', stage: 'resolve' }, undefined, AbortSignal.timeout(1_000));

    expect(await resolve(world, [record(thinEvent())])).toEqual(['m1']);

    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: 35 }]);
    expect(world.requests).toEqual([]);
  });
});

describe('a message that is no notification', () => {
  it.each([
    ['no JSON', 'garbage'],
    [
      'a snapshot',
      JSON.stringify({
        detail: {
          ...thinEvent(),
          object: 'event',
          created: 1,
          data: { object: {} },
          fanout: { version: 1, payload: 'thin', publishedAt: '' },
        },
      }),
    ],
    [
      'an announcement',
      JSON.stringify({
        detail: {
          id: 'evt_1',
          type: 'x.y',
          fanout: { version: 1, payload: 'thin', publishedAt: '', refused: { type: 'x', code: 'y' } },
        },
      }),
    ],
  ])('but %s is parked', async (_, body) => {
    const world = fakeResolverWorld();

    await resolve(world, [{ ...record(thinEvent()), body }]);

    expect(world.parked).toMatchObject([{ messageId: 'm1', code: 'not_an_event' }]);
    expect(world.requests).toEqual([]);
  });
});
