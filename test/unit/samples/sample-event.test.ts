import { describe, expect, it } from 'vitest';
import { comesAs } from '#shared/catalogue/comes-as.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { isStripeEvent } from '#shared/event/stripe-event.ts';
import { objectKey } from '#shared/projection/object-key.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';

const snapshots = EVENT_TYPES.filter((entry) => comesAs(entry, 'snapshot'));

describe('sample events', () => {
  it.each(snapshots)(
    'of $type are complete events of the right kind of object, which can be projected',
    ({ type, objectKinds }) => {
      const event = sampleEvent(type, { seed: 'test' });

      expect(isStripeEvent(JSON.parse(JSON.stringify(event)))).toBe(true);
      expect(objectKinds).toContain(event.data.object.object);
      expect(objectKey(event)).toBeDefined();
      if (type.endsWith('.updated')) expect(event.data.previous_attributes).toBeDefined();
    },
  );

  it('have ids of their own for each type and seed', () => {
    const ids = snapshots.flatMap(({ type }) => ['a', 'b'].map((seed) => sampleEvent(type, { seed }).id));

    expect(new Set(ids).size).toBe(2 * 276);
  });

  it('are the same for the same seed, and say their new id wherever the object says its id', () => {
    const event = sampleEvent('invoice.paid', { seed: 'a' });

    expect(sampleEvent('invoice.paid', { seed: 'a' })).toEqual(event);
    const { id } = event.data.object;
    expect(event.data.object).toMatchObject({ lines: { url: `/v1/invoices/${id}/lines`, data: [{ invoice: id }] } });
    expect(sampleEvent('invoice.paid', { seed: 'b' }).data.object.id).not.toBe(id);
  });

  it('of the live mode hold no test object', () => {
    const event = sampleEvent('customer.subscription.created', { livemode: true, account: 'acct_1' });

    expect(event).toMatchObject({ livemode: true, account: 'acct_1' });
    expect(JSON.stringify(event)).not.toContain('"livemode":false');
  });

  it('of an upcoming invoice have an object without id', () => {
    expect(sampleEvent('invoice.upcoming').data.object).not.toHaveProperty('id');
  });

  it.each([
    ['in the form of fixtures3.json', (invoice: object) => ({ resources: { invoice } })],
    ['by kind', (invoice: object) => ({ invoice })],
  ])('hold the objects that the caller gives %s', (_form, wrap) => {
    const objects = wrap({ id: 'in_given', object: 'invoice', total: 7, livemode: false });

    expect(sampleEvent('invoice.paid', { objects }).data.object).toEqual({
      id: 'in_given',
      object: 'invoice',
      total: 7,
      livemode: false,
    });
    expect(() => sampleEvent('charge.failed', { objects })).toThrow('add a key "charge"');
  });

  it('refuse a type that Stripe has not published', () => {
    expect(() => sampleEvent('galaxy.discovered')).toThrow(RangeError);
  });
});
