import { isRecord } from '../event/stripe-event.ts';

/** Fields that people edit, best first: what an update is about most often. */
const EDITED = ['description', 'name', 'nickname', 'label', 'display_name', 'title', 'active', 'times_redeemed'];

/** Fields that never change, that say which object it is, or whose earlier value nobody could guess. */
const FIXED = new Set([
  'id',
  'object',
  'livemode',
  'created',
  'currency',
  'customer',
  'account',
  'type',
  'url',
  'country',
  'status',
  'metadata',
]);

/**
 * What `previous_attributes` would say if one field of the object had just changed: the value it had before.
 * Prefers a field that people edit, then a note in the metadata, the only part of many objects that can be edited;
 * looks into nested objects only when the top level has nothing that can change.
 * @returns one field, in the nesting of the object; empty when nothing in it can change
 */
export function previousAttributes(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const names = Object.keys(object).filter((name) => !FIXED.has(name));
  for (const name of EDITED.filter((field) => names.includes(field))) return { [name]: earlierValue(object[name]) };
  if (isRecord(object.metadata)) return { metadata: { note: 'An earlier text' } };
  for (const name of names.filter((field) => isScalar(object[field]))) return { [name]: earlierValue(object[name]) };
  for (const name of names) {
    const nested = object[name];
    if (!isRecord(nested)) continue;
    const inside = previousAttributes(nested);
    if (Object.keys(inside).length > 0) return { [name]: inside };
  }
  return {};
}

function isScalar(value: unknown): boolean {
  return ['boolean', 'number', 'string'].includes(typeof value);
}

function earlierValue(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  return value === null ? 'An earlier text' : null;
}
