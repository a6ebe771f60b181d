import { canonicalType } from './canonical-type.ts';
import type { EventTypeEntry } from './event-type-entry.ts';
import { EVENT_TYPES } from './event-types.ts';

const byType: ReadonlyMap<string, EventTypeEntry> = new Map(EVENT_TYPES.map((entry) => [entry.type, entry]));

/**
 * The catalogue's entry of an event type.
 * @param name canonical, or Stripe's name of the thin type with its `v1.`
 * @returns `undefined` for a type this version has not heard of
 */
export function findEventType(name: string): EventTypeEntry | undefined {
  return byType.get(canonicalType(name));
}
