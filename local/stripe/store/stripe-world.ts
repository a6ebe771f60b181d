import type { SnapshotEvent, ThinEvent } from '#shared/event/stripe-event.ts';
import { StoredEvents } from './stored-events.ts';
import { StoredObjects } from './stored-objects.ts';

/** What Stripe would know: the objects, and the events that were made of them. */
export class StripeWorld {
  readonly objects = new StoredObjects();
  readonly snapshots = new StoredEvents<SnapshotEvent>();
  readonly thin = new StoredEvents<ThinEvent>();
}
