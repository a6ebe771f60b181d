import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { isStripeEvent } from '#shared/event/stripe-event.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { sampleThinEvent } from '#shared/samples/thin/sample-thin-event.ts';
import { objectUrl } from '#shared/stripe/object-url.ts';

const thinTypes = EVENT_TYPES.flatMap(({ thin }) => (thin ? [thin] : []));
const stripe = new Stripe('sk_test_unused');

describe('thin samples', () => {
  it('exist for all 326 thin types', () => {
    expect(thinTypes).toHaveLength(326);
  });

  it.each(thinTypes)('of $type are notifications that Stripe’s own library reads', ({ type }) => {
    const { notification } = sampleThinEvent(type, { seed: 'test', context: 'acct_1' });

    const read = stripe.parseEventNotificationWithoutVerification(JSON.stringify(notification));

    expect(isStripeEvent(notification)).toBe(true);
    expect(notification.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
    expect(read).toMatchObject({ id: notification.id, type, context: { segments: ['acct_1'] } });
  });

  it.each(thinTypes)('of $type refer to what the catalogue says', ({ type, relatedObject: expected, carriesData }) => {
    const { notification, relatedObject, fetchedEvent } = sampleThinEvent(type, { seed: 'test' });
    const { related_object: reference } = notification;

    expect(reference === undefined ? 'none' : reference?.id === undefined ? 'singleton' : 'object').toBe(expected);
    if (expected === 'object') expect(relatedObject?.id).toBe(reference?.id);
    expect(relatedObject?.object).toBe(reference?.type);
    expect(reference?.url.split('?')[0]).toBe(relatedObject && objectUrl(relatedObject));
    expect(fetchedEvent.data !== undefined).toBe(carriesData === true);
    expect(notification).not.toHaveProperty('data');
  });

  it('ask by query for the part of an account that a bracketed type names', () => {
    const { notification } = sampleThinEvent('v2.core.account[configuration.merchant].updated');

    expect(notification.related_object?.url).toMatch(
      /^\/v2\/core\/accounts\/acct_\w+\?include=configuration\.merchant$/,
    );
  });

  it('are about the same object as the snapshot twin of that seed', () => {
    const { relatedObject } = sampleThinEvent('v1.invoice.paid', { seed: 'twin', livemode: true });

    expect(relatedObject).toEqual(sampleEvent('invoice.paid', { seed: 'twin', livemode: true }).data.object);
  });

  it('have ids of their own for each type and seed', () => {
    const ids = thinTypes.flatMap(({ type }) =>
      ['a', 'b'].map((seed) => sampleThinEvent(type, { seed }).notification.id),
    );

    expect(new Set(ids).size).toBe(652);
  });

  it('refuse a type that exists as a snapshot only', () => {
    expect(() => sampleThinEvent('customer.source.created')).toThrow('Stripe sends no thin event of that type');
  });
});
