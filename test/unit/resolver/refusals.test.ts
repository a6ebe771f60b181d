import { describe, expect, it } from 'vitest';
import {
  StripeKeyMissing,
  StripeKeyRefused,
  StripeNotFound,
  StripePermissionMissing,
  StripeRateLimited,
  StripeUnavailable,
} from '#shared/errors/stripe-errors.ts';
import { fakeResolverWorld, INVOICE, record, resolve, thinEvent } from './resolver-fakes.ts';

const URL_1 = '/v1/invoices/in_1';
const EVENT_1 = '/v2/core/events/evt_thin1';
const EVENT = '{"id":"evt_thin1","object":"v2.core.event"}';

describe('a related URL', () => {
  it.each([
    'https://api.stripe.com/v1/invoices/in_1',
    'https://evil.example/v1/invoices/in_1',
    '//evil.example/v1/invoices/in_1',
    '/v1/../../../etc/passwd',
    '/v1/%2e%2e/%2e%2e/x',
    '/v1/invoices/in_1\r\nHost: evil.example',
    '/admin',
    '',
    7,
  ])('%j is parked, and nothing is asked', async (url) => {
    const world = fakeResolverWorld();

    expect(await resolve(world, [record(thinEvent({ related_object: { id: 'in_1', type: 'invoice', url } }))])).toEqual(
      [],
    );

    expect(world.parked).toMatchObject([{ code: 'related_url_refused' }]);
    expect(world.recorded.get('evt_thin1 handle#thin')).toMatchObject({ domain: 'thin', code: 'related_url_refused' });
    expect(world.requests).toEqual([]);
  });

  it('for a context that is no account is not asked for', async () => {
    const world = fakeResolverWorld();

    await resolve(world, [record(thinEvent({ context: 'acct_1\r\nx: y' }))]);

    expect(world.parked).toMatchObject([{ code: 'related_url_refused' }]);
    expect(world.requests).toEqual([]);
  });
});

describe('an answer', () => {
  it.each([
    ['of another kind', '{"id":"in_1","object":"customer"}'],
    ['about another object', '{"id":"in_2","object":"invoice"}'],
    ['without a kind', '{"id":"in_1"}'],
  ])('%s is parked', async (_, text) => {
    const world = fakeResolverWorld();
    world.answers.set(URL_1, text);

    expect(await resolve(world, [record(thinEvent())])).toEqual([]);

    expect(world.parked).toMatchObject([{ code: 'related_object_unexpected' }]);
    expect(world.parked[0]?.message).toContain('invoice in_1 was expected');
    expect(world.entries).toEqual([]);
  });

  it.each([
    ['no key', new StripeKeyMissing('The secret of API keys holds no key for test mode.')],
    ['a key that is refused', new StripeKeyRefused('401')],
    ['a missing permission', new StripePermissionMissing('403: the key lacks rak_invoice_read.')],
  ])('that is %s parks the event with its reason', async (_, error) => {
    const world = fakeResolverWorld();
    world.answers.set(URL_1, error);

    expect(await resolve(world, [record(thinEvent())])).toEqual([]);

    expect(world.parked).toEqual([{ messageId: 'm1', code: error.code, message: error.message }]);
    expect(world.ledger.rows.get('evt_thin1 resolve')?.errorCode).toBe(error.code);
    expect(world.counts.get('Parked')).toBe(1);
  });

  it.each([1, 2, 3, 4])('of a Stripe that is down goes back with growing waits: receive %i', async (receiveCount) => {
    const world = fakeResolverWorld();
    world.answers.set(URL_1, new StripeUnavailable('500'));

    expect(await resolve(world, [record(thinEvent(), { receiveCount })])).toEqual(['m1']);

    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: [60, 300, 900, 3600][receiveCount - 1] }]);
  });

  it('fails its own event and no other of the batch', async () => {
    const world = fakeResolverWorld();
    world.answers.set(URL_1, INVOICE);
    world.answers.set('/v1/invoices/in_2', new StripeUnavailable('500'));
    const other = thinEvent({
      id: 'evt_thin2',
      related_object: { id: 'in_2', type: 'invoice', url: '/v1/invoices/in_2' },
    });

    expect(await resolve(world, [record(other, { messageId: 'm2' }), record(thinEvent())])).toEqual(['m2']);

    expect(world.published()).toMatchObject([{ id: 'evt_thin1' }]);
  });
});

describe('429', () => {
  it('for a crowded second is waited for, and costs no receive', async () => {
    const world = fakeResolverWorld();
    world.answers.set(URL_1, [new StripeRateLimited('429', { afterSeconds: 2 }), INVOICE]);

    expect(await resolve(world, [record(thinEvent())])).toEqual([]);

    const [first, second] = world.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
    expect(world.entries).toHaveLength(1);
  });

  it('that asks to wait for longer goes back for that long', async () => {
    const world = fakeResolverWorld();
    world.answers.set(URL_1, new StripeRateLimited('429', { afterSeconds: 120 }));

    expect(await resolve(world, [record(thinEvent())])).toEqual(['m1']);

    expect(world.requests).toHaveLength(1);
    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: 120 }]);
    expect(world.counts.get('Failed_stripe_rate_limited')).toBe(1);
  });

  it('without end gives up after a few tries, and is left to the DLQ after the last receive', async () => {
    const world = fakeResolverWorld();
    world.answers.set(URL_1, new StripeRateLimited('429', { afterSeconds: 1 }));

    expect(await resolve(world, [record(thinEvent(), { receiveCount: 5 })])).toEqual(['m1']);

    expect(world.requests).toHaveLength(3);
    // SQS moves it at the next receive, and nobody waits for that.
    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: 0 }]);
    expect(world.ledger.rows.get('evt_thin1 resolve')?.errorCode).toBe('stripe_rate_limited');
  });

  it('holds up the others of its invocation, for one limit is the account’s, and not for ever', async () => {
    const world = fakeResolverWorld();
    world.answers.set(URL_1, new StripeRateLimited('429', { afterSeconds: 5 }));
    world.answers.set('/v1/invoices/in_2', '{"id":"in_2","object":"invoice"}');
    const other = thinEvent({
      id: 'evt_thin2',
      related_object: { id: 'in_2', type: 'invoice', url: '/v1/invoices/in_2' },
    });

    expect(await resolve(world, [record(thinEvent()), record(other, { messageId: 'm2' })])).toEqual(['m1']);

    expect(world.published()).toMatchObject([{ id: 'evt_thin2' }]);
  });
});

describe('404', () => {
  it('of a type that says so is a deletion', async () => {
    const world = fakeResolverWorld();

    expect(await resolve(world, [record(thinEvent({ type: 'v1.invoice.deleted' }))])).toEqual([]);

    expect(world.published()).toMatchObject([
      { type: 'invoice.deleted', data: { object: { id: 'in_1', object: 'invoice', deleted: true } } },
    ]);
    // It was so when the event arose, however late it is asked for.
    expect(world.published()[0]?.fanout).not.toHaveProperty('resolvedAt');
    expect(world.published()[0]?.fanout).not.toHaveProperty('missing');
  });

  it('of a canceled subscription is none: that can still be fetched', async () => {
    const world = fakeResolverWorld();
    const related = { id: 'sub_1', type: 'subscription', url: '/v1/subscriptions/sub_1' };

    expect(
      await resolve(world, [record(thinEvent({ type: 'v1.customer.subscription.deleted', related_object: related }))]),
    ).toEqual(['m1']);

    expect(world.entries).toEqual([]);
  });

  it('of any other goes back once, and is then published as missing, if the event itself is found', async () => {
    const world = fakeResolverWorld();
    world.answers.set(EVENT_1, EVENT);

    expect(await resolve(world, [record(thinEvent())])).toEqual(['m1']);
    expect(world.entries).toEqual([]);
    expect(await resolve(world, [record(thinEvent(), { receiveCount: 2 })])).toEqual([]);

    expect(world.published()).toMatchObject([
      { data: { object: { id: 'in_1', object: 'invoice' } }, fanout: { payload: 'resolved', missing: true } },
    ]);
    expect(world.published()[0]?.data).not.toHaveProperty('object.deleted');
    expect(world.counts.get('ObjectMissing')).toBe(1);
  });

  it('goes back once also when the first try ended for another reason', async () => {
    const world = fakeResolverWorld();
    world.answers.set(EVENT_1, EVENT);
    world.answers.set(URL_1, [new StripeUnavailable('500'), new StripeNotFound('404')]);

    await resolve(world, [record(thinEvent())]);
    expect(await resolve(world, [record(thinEvent(), { receiveCount: 2 })])).toEqual(['m1']);

    expect(world.entries).toEqual([]);
  });

  it('for everything, the event included, publishes nothing: the key is of another account', async () => {
    const world = fakeResolverWorld();

    for (const receiveCount of [1, 2, 3, 4, 5]) {
      expect(await resolve(world, [record(thinEvent(), { receiveCount })])).toEqual(['m1']);
    }

    expect(world.entries).toEqual([]);
    expect(world.ledger.rows.get('evt_thin1 resolve')?.errorCode).toBe('stripe_finds_nothing');
    expect(world.counts.get('NotFoundBreakerOpen')).toBeGreaterThan(0);
  });

  it('for nearly everything stops the asking, in that mode, until one request finds something', async () => {
    const world = fakeResolverWorld();
    const events = Array.from({ length: 14 }, (_, i) =>
      thinEvent({ id: `evt_t${i}`, related_object: { id: `in_${i}`, type: 'invoice', url: `/v1/invoices/in_${i}` } }),
    );
    const send = (event: object) => resolve(world, [record(event)]);

    for (const event of events.slice(0, 12)) await send(event);
    expect(world.requests).toHaveLength(10);
    expect(world.counts.get('NotFoundBreakerOpen')).toBe(2);

    world.answers.set('/v1/invoices/in_1', INVOICE);
    const live = thinEvent({ id: 'evt_live', livemode: true });
    expect(await send(live)).toEqual([]);

    world.time.now += 60_000;
    world.answers.set('/v1/invoices/in_12', '{"id":"in_12","object":"invoice"}');
    world.answers.set('/v1/invoices/in_13', '{"id":"in_13","object":"invoice"}');
    expect(await send(events[12]!)).toEqual([]);
    expect(await send(events[13]!)).toEqual([]);
  });
});

describe('time', () => {
  it('that is over leaves a message in the queue, as if it had not been tried', async () => {
    const world = fakeResolverWorld();

    expect(await resolve(world, [record(thinEvent())], 1_000)).toEqual(['m1']);

    expect(world.counts.get('OutOfTime')).toBe(1);
    expect(world.requests).toEqual([]);
    expect(world.hidden).toEqual([]);
  });
});
