import { describe, expect, it } from 'vitest';
import { findEventType } from '#shared/catalogue/find-event-type.ts';

describe('findEventType', () => {
  it('finds a type by its canonical name', () => {
    expect(findEventType('invoice.paid')).toMatchObject({
      type: 'invoice.paid',
      objectKinds: ['invoice'],
      since: 'base',
    });
  });

  it('finds a thin type by the name that Stripe sends', () => {
    expect(findEventType('v1.invoice.paid')).toBe(findEventType('invoice.paid'));
    expect(findEventType('v2.core.account[identity].updated')?.styles).toEqual(['thin']);
  });

  it.each(['invoice.invented', '', '__proto__', 'toString'])('knows nothing of %j', (name) => {
    expect(findEventType(name)).toBeUndefined();
  });
});
