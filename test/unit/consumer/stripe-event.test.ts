import type Stripe from 'stripe';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { parseStripeEvent } from '#consumer/parse-stripe-event.ts';
import { isStripeEvent, type StripeEvent } from '#consumer/stripe-event.ts';
import { sampleStripeEvent } from '#consumer/testing/sample-stripe-event.ts';
import type { EventType } from '#shared/catalogue/event-types.ts';
import type { StripeEventType } from '#shared/event/event-of.ts';

/** What the tests of types promise, the compiler checks: `npm run check`. */
const types = (_check: () => unknown) => undefined;

const EVENTS = ['invoice.payment_failed', 'customer.subscription.*'] as const;

describe('the type of a parsed event', () => {
  it('is that of the types one asks for, told apart by "type"', () => {
    types(async () => {
      const event = await parseStripeEvent('', { types: EVENTS });

      expectTypeOf(event.fanout.publishedAt).toEqualTypeOf<string>();
      expectTypeOf(event.fanout.replay).toEqualTypeOf<string | undefined>();
      if (event.type === 'invoice.payment_failed') expectTypeOf(event.data.object).toEqualTypeOf<Stripe.Invoice>();
      else expectTypeOf(event.data.object).toEqualTypeOf<Stripe.Subscription>();
      // @ts-expect-error The rule does not let it through.
      if (event.type === 'invoice.paid') return;
    });
  });

  it('is known for all that start alike', () => {
    expectTypeOf<StripeEvent<'refund.*'>['type']>().toEqualTypeOf<
      'refund.created' | 'refund.failed' | 'refund.updated'
    >();
    expectTypeOf<StripeEvent<'*'>['type']>().toEqualTypeOf<StripeEventType>();
    expectTypeOf<Exclude<EventType, StripeEvent<'*'>['type']>>().toEqualTypeOf<never>();
  });

  it('knows nothing of the object until it is asked for', () => {
    types(async () => {
      const event = await parseStripeEvent('');

      expectTypeOf(event.type).toEqualTypeOf<string>();
      expectTypeOf(event.data.object).toEqualTypeOf<Readonly<Record<string, unknown>>>();
      if (isStripeEvent(event, 'payout.paid')) expectTypeOf(event.data.object.arrival_date).toEqualTypeOf<number>();
    });
  });

  it('lets no misspelt name and no wrong field pass', () => {
    types(async () => {
      // @ts-expect-error There is no such event type.
      await parseStripeEvent('', { types: ['invoice.payed'] });
      // @ts-expect-error A wildcard stands after a dot.
      await parseStripeEvent('', { types: ['invoice*'] });
      // @ts-expect-error A batch is not a record.
      await parseStripeEvent({ Records: [] });
      const event = await parseStripeEvent('', { types: ['payout.paid'] });
      // @ts-expect-error A payout has no such field.
      event.data.object.amount_paid;
      // @ts-expect-error No type starts so, so that nothing is known of the event.
      (await parseStripeEvent('', { types: ['invoices.*'] })).id;
    });
  });

  it('binds the fields that a sample is given', () => {
    types(() => {
      sampleStripeEvent('invoice.paid', { object: { amount_paid: 5, status_transitions: { paid_at: 1 } } });
      // @ts-expect-error An amount is a number.
      sampleStripeEvent('invoice.paid', { object: { amount_paid: '5' } });
      // @ts-expect-error An invoice has no such field.
      sampleStripeEvent('invoice.paid', { object: { amount_payed: 5 } });
      // @ts-expect-error There is no such event type.
      sampleStripeEvent('invoice.payed');
    });
  });
});

describe('isStripeEvent', () => {
  const event = sampleStripeEvent('customer.subscription.updated');

  it.each([
    [['customer.subscription.updated']],
    [['invoice.paid', 'customer.subscription.*']],
    [['customer.*']],
    [['*']],
  ] as const)('takes %j for the type of an updated subscription', (selectors) => {
    expect(isStripeEvent(event, ...selectors)).toBe(true);
  });

  it.each([[['customer.subscription.deleted']], [['customer.subscription_x.*']], [['invoice.*']], [[]]] as const)(
    'does not take %j for it',
    (selectors) => {
      expect(isStripeEvent(event, ...selectors)).toBe(false);
    },
  );
});
