import { isRecord, isThin, type StripeEvent } from './stripe-event.ts';

/** Longest string of `data.object` that a reference repeats, in characters. */
const MAX_SCALAR_LENGTH = 1_024;
/** Longest JSON of any other member that it repeats, in characters: more than Stripe's largest metadata. */
const MAX_MEMBER_LENGTH = 32_768;

/**
 * What stands in for an event that is too large for the bus: everything but `data`, and of `data.object` the
 * top-level scalars and the metadata, so that rules that match on them still do. A member that is longer or deeper than
 * any of Stripe's is left out: it may be why the event is too large.
 */
export function referenceDetail(event: StripeEvent): Record<string, unknown> {
  const { data, ...members } = { data: undefined, ...event };
  const rest = Object.fromEntries(Object.entries(members).filter(([, value]) => isShort(value)));
  if (isThin(event) || !isRecord(data) || !isRecord(data.object)) return rest;
  const { metadata } = data.object;
  const kept = Object.entries(data.object).filter(([, value]) => isShortScalar(value));
  return {
    ...rest,
    data: { object: { ...Object.fromEntries(kept), ...(isRecord(metadata) && isShort(metadata) ? { metadata } : {}) } },
  };
}

function isShortScalar(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_SCALAR_LENGTH;
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}

function isShort(value: unknown): boolean {
  try {
    return JSON.stringify(value).length <= MAX_MEMBER_LENGTH;
  } catch {
    // Too deep to be written.
    return false;
  }
}
