import { ApiError } from '../api/api-error.ts';
import type { LocalDestination } from './local-destination.ts';

/** Most of one mode, by whichever API they were made. */
const MAX_DESTINATIONS = 16;

/** Every destination that was made at the stand-in. While a mode has none, events go where the stage declares. */
export class LocalDestinations {
  readonly #byId = new Map<string, LocalDestination>();

  /** @throws {ApiError} when the mode has as many as Stripe allows */
  add(destination: LocalDestination): void {
    const { livemode } = destination;
    const mode = livemode ? 'live' : 'test';
    if (this.all(livemode).length >= MAX_DESTINATIONS) {
      throw new ApiError(400, `You have reached the maximum of ${MAX_DESTINATIONS} ${mode} event destinations.`, {
        code: destination.api === 'v1' ? 'webhook_endpoint_limit' : 'event_destination_limit_reached',
      });
    }
    this.#byId.set(destination.id, destination);
  }

  /** Oldest first. */
  all(livemode: boolean): readonly LocalDestination[] {
    return [...this.#byId.values()].filter((destination) => destination.livemode === livemode);
  }

  /** @returns `undefined` for an id of the other mode, or one that was deleted */
  get(id: string, livemode: boolean): LocalDestination | undefined {
    const found = this.#byId.get(id);
    return found?.livemode === livemode ? found : undefined;
  }

  delete(id: string): void {
    this.#byId.delete(id);
  }

  /** What becomes of a try at this moment. */
  stateOf(id: string): 'enabled' | 'disabled' | 'deleted' {
    return this.#byId.get(id)?.changeable.status ?? 'deleted';
  }
}
