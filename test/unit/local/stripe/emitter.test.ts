import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { retrySchedule } from '#local/stripe/emit/retry-schedule.ts';
import type { Destination } from '#shared/environment/destination.ts';
import { startStripeFixture } from './start-stripe-fixture.ts';

describe('an emitted event', () => {
  it('is posted to its destination, signed as Stripe signs', async () => {
    await using stripe = await startStripeFixture();

    const [emitted] = stripe.local.emit({ type: 'invoice.paid', account: 'acct_1' });
    await stripe.delivered();

    const [{ path = '', body = '', signature = '' } = {}] = stripe.received;
    const event = Stripe.webhooks.constructEvent(body, signature, 'whsec_test');
    expect(path).toBe('/account');
    expect(event).toMatchObject({ id: emitted?.id, type: 'invoice.paid', account: 'acct_1', livemode: false });
    expect(stripe.local.deliveries()).toMatchObject({ events: 1, sent: 1, accepted: 1, pending: 0 });
  });

  it('can be told in both styles, which are twins about one object', async () => {
    await using stripe = await startStripeFixture();

    const [snapshot, thin] = stripe.local.emit({ type: 'invoice.paid', style: 'both', account: 'acct_1' });
    await stripe.delivered();

    const notification = stripe.received.map(({ body }) => JSON.parse(body)).find(({ id }) => id === thin?.id);
    expect(notification).toMatchObject({
      type: 'v1.invoice.paid',
      context: 'acct_1',
      snapshot_event: snapshot?.id,
      related_object: { id: snapshot?.object },
    });
    expect(thin?.object).toBe(snapshot?.object);
  });

  it('is signed afresh at each try', async () => {
    let tries = 0;
    await using stripe = await startStripeFixture({
      answer: (n) => (n < 2 ? 500 : 200),
      secretOf: () => {
        tries += 1;
        return `whsec_${tries}`;
      },
    });

    stripe.local.emit({ type: 'invoice.paid' });
    await stripe.delivered();

    const bodies = stripe.received.map(({ body, signature }, i) => {
      Stripe.webhooks.constructEvent(body, signature, `whsec_${i + 1}`);
      return body;
    });
    expect(new Set(bodies).size).toBe(1);
    expect(bodies).toHaveLength(3);
  });

  it.each([302, 400, 404, 409, 410, 500])('is tried again after %i, and not redirected', async (status) => {
    await using stripe = await startStripeFixture({ answer: (n) => (n === 0 ? status : 200) });

    stripe.local.emit({ type: 'invoice.paid' });
    await stripe.delivered();

    expect(stripe.received.map(({ path }) => path)).toEqual(['/account', '/account']);
    expect(stripe.local.deliveries()).toMatchObject({ sent: 1, accepted: 1, refusals: { [status]: 1 } });
  });

  it('is tried again when no answer comes in time', async () => {
    await using stripe = await startStripeFixture({
      answer: (n) => (n === 0 ? 'never' : 200),
      deliveryTimeoutMs: 1_000,
    });

    stripe.local.emit({ type: 'invoice.paid' });
    await stripe.delivered();

    expect(stripe.received.length).toBeGreaterThan(1);
    expect(stripe.local.deliveries()).toMatchObject({ accepted: 1, failed: 0 });
    // A slow machine may be late with the answer to the second try, too.
    expect(stripe.local.deliveries().refusals.timeout).toBeGreaterThan(0);
  });

  it.each([
    ['a sandbox', false, 4],
    ['live mode', true, 11],
  ])('of %s is given up after its schedule, and listed as undelivered', async (_mode, livemode, tries) => {
    await using stripe = await startStripeFixture({ answer: () => 500 });

    const [emitted] = stripe.local.emit({ type: 'invoice.paid', livemode });
    await stripe.delivered();
    const undelivered = await (livemode ? stripe.live : stripe.test).events.list({ delivery_success: false });

    expect(stripe.received).toHaveLength(tries);
    expect(stripe.waits).toEqual(retrySchedule(livemode));
    expect(stripe.local.deliveries()).toMatchObject({ failed: 1, pending: 0, refusals: { 500: tries } });
    expect(undelivered.data.map(({ id }) => id)).toEqual([emitted?.id]);
  });

  it('can come twice, and be overtaken by a later one', async () => {
    await using stripe = await startStripeFixture();

    const [late] = stripe.local.emit({ type: 'invoice.created', delayMs: 300, tag: 'late' });
    const [twice] = stripe.local.emit({ type: 'invoice.paid', copies: 2, tag: 'twice' });
    await stripe.delivered();

    expect(stripe.received.map(({ body }) => JSON.parse(body).id)).toEqual([twice?.id, twice?.id, late?.id]);
    expect(stripe.local.deliveries('twice')).toMatchObject({ events: 1, sent: 2 });
    expect(stripe.local.deliveries('late')).toMatchObject({ events: 1, sent: 1 });
  });

  it('is no longer tried when the stand-in stops', async () => {
    const stripe = await startStripeFixture({ answer: () => 'never' });
    stripe.local.emit({ type: 'invoice.paid' });
    stripe.local.emit({ type: 'invoice.paid', delayMs: 3_600_000 });

    await stripe[Symbol.asyncDispose]();
    await stripe.delivered();

    expect(stripe.local.deliveries()).toMatchObject({ sent: 2, pending: 2, failed: 0 });
  });

  it('may be about an object of the caller’s own', async () => {
    await using stripe = await startStripeFixture();
    const object = { id: 'in_1', object: 'invoice', total: 7 };

    stripe.local.emit({ type: 'invoice.paid', object });
    await stripe.delivered();

    expect(JSON.parse(stripe.received[0]?.body ?? '').data.object).toEqual(object);
  });

  it.each([
    ['galaxy.discovered', 'snapshot', 'galaxy.discovered is not in the catalogue'],
    ['customer.source.created', 'thin', 'Stripe sends no thin event of that type'],
    ['v2.core.account.updated', 'snapshot', 'Stripe sends no snapshot event of that type'],
  ] as const)('is refused for %s as %s', async (type, style, reason) => {
    await using stripe = await startStripeFixture();

    expect(() => stripe.local.emit({ type, style })).toThrow(reason);
  });
});

describe('the destination of an event', () => {
  const DESTINATIONS: readonly Destination[] = [
    { name: 'account', mode: 'live', payload: 'snapshot', accounts: 'own' },
    { name: 'thin', mode: 'both', payload: 'thin', accounts: 'either' },
    { name: 'connect', mode: 'both', payload: 'either', accounts: 'connected' },
  ];

  it.each([
    ['account', { livemode: true }],
    ['thin', { style: 'thin' }],
    ['thin', { style: 'thin', account: 'acct_1' }],
    ['connect', { account: 'acct_1' }],
    ['account', { destination: 'account', style: 'thin' }],
  ] as const)('is %s for %j', async (name, emission) => {
    await using stripe = await startStripeFixture({ destinations: DESTINATIONS });

    expect(stripe.local.emit({ type: 'invoice.paid', ...emission })).toMatchObject([{ destination: name }]);
  });

  it.each([
    [
      {},
      'No destination of this stage takes test-mode snapshot events of the own account. Destinations: account, thin',
    ],
    [{ destination: 'nobody' }, 'There is no destination nobody. Destinations of this stage: account, thin, connect.'],
  ])('is missed for %j, and nothing is made', async (emission, message) => {
    await using stripe = await startStripeFixture({ destinations: DESTINATIONS });

    expect(() => stripe.local.emit({ type: 'invoice.paid', ...emission })).toThrow(message);
    expect((await stripe.test.events.list()).data).toEqual([]);
  });
});

describe('the waits between tries', () => {
  it.each([
    [false, 3],
    [true, 10],
  ])('grow, and end within three days (live: %s)', (livemode, retries) => {
    const waits = retrySchedule(livemode);

    expect(waits).toHaveLength(retries);
    expect(waits.toSorted((a, b) => a - b)).toEqual(waits);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(3 * 86_400);
  });
});
