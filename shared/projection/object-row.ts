import type { PayloadReference } from '../event/fanout.ts';
import type { ObjectKey } from './object-key.ts';

/** Text of an object: in the row itself, in the payload store, or, once fetched from there, both. */
export interface Body {
  readonly text?: string;
  readonly at?: PayloadReference;
}

/** An object as one event showed it. */
export interface Sighting {
  /** Stripe's event id. */
  readonly event: string;
  readonly type: string;
  /** The object's kind: its own key `object`. */
  readonly kind: string;
  /** Absent where nothing is kept: the object is gone, or its personal data was redacted. */
  readonly body?: Body;
  /** JSON text of the event's `previous_attributes`. */
  readonly previous?: string;
  /** Whether the object is gone with this event. */
  readonly gone: boolean;
}

/** What is known of an object: a function of the set of events seen, whatever their order. */
export interface ObjectState {
  /** When the newest events saw it, in Unix milliseconds. */
  readonly asOf: number;
  /** The last of them, as far as Stripe's facts tell. */
  readonly current: Sighting;
  /** The other events of the same time, by event id. */
  readonly rivals: readonly Sighting[];
  /** Whether `current` was picked without a reason, since nothing tells which of the events was last. */
  readonly ambiguous: boolean;
  /** Gone for good: no other event of this id changes that, whatever its time. */
  readonly tombstone: boolean;
  /** Unix milliseconds up to which nothing may be kept of it. */
  readonly redactedAt?: number;
}

/** A row of the objects table. */
export interface ObjectRow extends ObjectKey, ObjectState {
  /** Grows by one with each write: the fence against concurrent handlers. */
  readonly version: number;
  /** The events that changed the row, the newest change last; at most {@link RECENT_EVENTS}. */
  readonly recent: readonly string[];
  /**
   * Keys in the payload store that earlier states of the row referred to and that are not known to be erased yet. They
   * stand here before the first is erased, so that whoever writes the row next can finish what a crash left undone.
   */
  readonly erasing: readonly string[];
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** How many event ids a row remembers. */
export const RECENT_EVENTS = 10;
