import { findEventType } from '../catalogue/find-event-type.ts';

/** Where an event type's objects can be of several kinds, the first is the usual one, but for these. */
const USUAL_KIND: Readonly<Record<string, string>> = {
  // Only cards expire, and Stripe updates cards when their issuer sends a new date.
  'customer.source.expiring': 'card',
  'customer.source.updated': 'card',
};

/**
 * The kind of object that a sample event of a type carries.
 * @throws {RangeError} for a type outside the base catalogue
 */
export function sampleKind(type: string): string {
  const entry = findEventType(type);
  const kind = USUAL_KIND[type] ?? entry?.objectKinds[0];
  if (entry?.since === 'base' && kind !== undefined) return kind;
  throw new RangeError(`There is no sample of ${type}: samples exist for the 210 types of Stripe's published list.`);
}
