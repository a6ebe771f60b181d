import type { SnapshotEvent, ThinEvent } from '#shared/event/stripe-event.ts';
import type { Scope } from '../scope.ts';
import { StoredEvents } from './stored-events.ts';
import { StoredObjects } from './stored-objects.ts';

/** What Stripe would know: the objects, and the events that were made of them. */
export class StripeWorld {
  readonly objects = new StoredObjects();
  readonly snapshots = new StoredEvents<SnapshotEvent>();
  readonly thin = new StoredEvents<ThinEvent>();
  readonly #connected = { live: new Set<string>(), test: new Set<string>() };

  /** Lets the API know a connected account. */
  connect({ livemode, account }: Scope): void {
    if (account !== undefined) this.#connected[livemode ? 'live' : 'test'].add(account);
  }

  /** Ids of the connected accounts of a mode, the latest first. */
  readonly connected = (livemode: boolean): readonly string[] =>
    [...this.#connected[livemode ? 'live' : 'test']].reverse();
}
