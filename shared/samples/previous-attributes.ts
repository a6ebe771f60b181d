import { isRecord } from '../event/stripe-event.ts';

/** Fields that a change is told of most plausibly, best first. */
const CHANGEABLE = ['description', 'name', 'nickname', 'label', 'display_name', 'title', 'active', 'times_redeemed'];

/** Fields that never change, or that say which object it is. */
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
]);

/**
 * What `previous_attributes` would say if one scalar of the object had just changed: the value it had before.
 * Prefers a field that people edit; looks into nested objects only when the top level has no scalar to change.
 * @returns one field, in the nesting of the object; empty when nothing in it can change
 */
export function previousAttributes(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const names = Object.keys(object).filter((name) => !FIXED.has(name));
  const changeable = [
    ...CHANGEABLE.filter((name) => names.includes(name)),
    ...names.filter((name) => isAmount(object[name])),
  ];
  for (const name of changeable) return { [name]: earlierValue(object[name]) };
  for (const name of names.filter((field) => typeof object[field] === 'string')) return { [name]: null };
  for (const name of names) {
    const nested = object[name];
    if (!isRecord(nested)) continue;
    const inside = previousAttributes(nested);
    if (Object.keys(inside).length > 0) return { [name]: inside };
  }
  return {};
}

function isAmount(value: unknown): value is boolean | number {
  return typeof value === 'boolean' || typeof value === 'number';
}

function earlierValue(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  return value === null ? 'An earlier text' : null;
}
