import type { EventTypeEntry } from './event-type-entry.ts';
import { EVENT_TYPES as generated } from './event-types.generated.ts';

/** Every event type known when this version was made, by canonical name, sorted. Stripe may send others at any time. */
export const EVENT_TYPES: readonly EventTypeEntry[] = generated;

/** The known canonical names. */
export type EventType = (typeof generated)[number]['type'];

/** For names that a subscriber writes: known ones are completed by the editor, others are allowed. */
export type AnyEventType = EventType | (string & Record<never, never>);
