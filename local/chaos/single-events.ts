import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import type { History } from './history.ts';
import { CATALOGUED } from './lives.ts';

/** Deeper than the bus takes: published as a notice to the handler of the unrecognized. */
const DEPTH = 1_100;

/** An object of its own for each catalogued type, the ones without an id and the redaction included. */
export function catalogueHistories(seed: string, created: number): readonly History[] {
  return CATALOGUED.map((type) => {
    const event = sampleEvent(type, { seed: `${seed} ${type}`, created });
    return { events: [event], last: lastOf(event), endsOpen: false };
  });
}

/** An event that the bus refuses for good. */
export function deepHistory(seed: string, created: number): History {
  const event = sampleEvent('charge.updated', { seed, created });
  let nested: unknown = [];
  for (let depth = 1; depth < DEPTH; depth += 1) nested = [nested];
  return {
    events: [{ ...event, data: { object: { ...event.data.object, nested } } }],
    last: { is: 'not_kept' },
    endsOpen: false,
  };
}

function lastOf({ type, data }: SnapshotEvent): History['last'] {
  if (type === 'identity.verification_session.redacted') return { is: 'erased' };
  // What is deleted with these can still be fetched: a canceled subscription, and a source without its customer.
  const isThere = type === 'customer.subscription.deleted' || data.object.object === 'source';
  if (type.endsWith('.deleted') && !isThere) return { is: 'gone' };
  return { is: 'shown', text: JSON.stringify(data.object) };
}
