import { isRecord, isThin, type StripeEvent } from './stripe-event.ts';

/** Longest string of `data.object` that a reference repeats, in characters. */
const MAX_SCALAR_LENGTH = 1_024;

/**
 * What stands in for an event that is too large for the bus: everything but `data`, and of `data.object` the
 * top-level scalars and the metadata, so that rules that match on them still do.
 */
export function referenceDetail(event: StripeEvent): Record<string, unknown> {
  const { data, ...rest } = { data: undefined, ...event };
  if (isThin(event) || !isRecord(data) || !isRecord(data.object)) return rest;
  const { metadata } = data.object;
  const kept = Object.entries(data.object).filter(([, value]) => isShortScalar(value));
  return { ...rest, data: { object: { ...Object.fromEntries(kept), ...(isRecord(metadata) ? { metadata } : {}) } } };
}

function isShortScalar(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_SCALAR_LENGTH;
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}
