import { isThin, type SnapshotEvent, type ThinEvent } from '#shared/event/stripe-event.ts';
import { type Scope, scopeKey } from '../scope.ts';

/** Where a delivery to one destination stands. */
export type DeliveryState = 'pending' | 'delivered' | 'failed';

/** An event as the API answers it, and what became of its deliveries. */
export interface StoredEvent<Event extends SnapshotEvent | ThinEvent> {
  readonly event: Event;
  readonly scope: string;
  /** Unix milliseconds, for filters. */
  readonly createdMs: number;
  /** What the list is ordered by: greater is newer. */
  readonly order: string;
  /** By destination. */
  readonly deliveries: Map<string, DeliveryState>;
}

/** Stripe lists events for this long. */
const KEPT_MS = 30 * 86_400_000;

/** The events of one style, of all accounts and modes. */
export class StoredEvents<Event extends SnapshotEvent | ThinEvent> {
  readonly #byId = new Map<string, StoredEvent<Event>>();
  #sorted: readonly StoredEvent<Event>[] | undefined;

  /** Keeps an event; one with a known id stays as it first was, as Stripe's events never change. */
  add(scope: Scope, event: Event): StoredEvent<Event> {
    const known = this.#byId.get(event.id);
    if (known) return known;
    const stored: StoredEvent<Event> = {
      event,
      scope: scopeKey(scope),
      createdMs: isThin(event) ? Date.parse(event.created) : event.created * 1000,
      order: `${isThin(event) ? event.created : new Date(event.created * 1000).toISOString()} ${ordinal(this.#byId.size)}`,
      deliveries: new Map(),
    };
    this.#byId.set(event.id, stored);
    this.#sorted = undefined;
    return stored;
  }

  get(scope: Scope, id: string): StoredEvent<Event> | undefined {
    const stored = this.#byId.get(id);
    return stored?.scope === scopeKey(scope) ? stored : undefined;
  }

  /** The events of a scope that Stripe still lists, newest first. @param now Unix milliseconds */
  newestFirst(scope: Scope, now: number): readonly StoredEvent<Event>[] {
    this.#sorted ??= [...this.#byId.values()].sort((a, b) => (a.order < b.order ? 1 : -1));
    const key = scopeKey(scope);
    return this.#sorted.filter((stored) => stored.scope === key && stored.createdMs >= now - KEPT_MS);
  }
}

/** Settles the order of events of one moment: the later one is newer. */
function ordinal(index: number): string {
  return String(index).padStart(12, '0');
}
