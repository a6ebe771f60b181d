import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { isStripeEvent } from '#shared/event/stripe-event.ts';
import { objectKey } from '#shared/projection/object-key.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';

const base = EVENT_TYPES.filter(({ since }) => since === 'base');

describe('sample events', () => {
  it.each(base)(
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
    const ids = base.flatMap(({ type }) => ['a', 'b'].map((seed) => sampleEvent(type, { seed }).id));

    expect(new Set(ids).size).toBe(420);
  });

  it('refuse a type that Stripe has not published', () => {
    expect(() => sampleEvent('galaxy.discovered')).toThrow(RangeError);
  });
});
