import type { Destination } from '#shared/environment/destination.ts';
import type { ThinEvent } from '#shared/event/stripe-event.ts';

/**
 * The snapshot event that tells the same change, if that comes in as well: only where the configuration takes both
 * styles for one scope, which is a mode and a kind of accounts. Elsewhere it never arrives, and nothing is looked up.
 * @param receivedBy name of the destination that received the notification
 * @returns Stripe's event id
 */
export function twinOf(
  { snapshot_event: twin, livemode }: ThinEvent,
  receivedBy: string,
  destinations: readonly Destination[],
): string | undefined {
  if (typeof twin !== 'string' || !/^evt_[A-Za-z0-9_]{1,250}$/.test(twin)) return undefined;
  const mode = livemode ? 'live' : 'test';
  const own = destinations.find(({ name }) => name === receivedBy);
  const accounts = own?.accounts ?? 'either';
  const takesSnapshots = destinations.some(
    (other) =>
      other.payload !== 'thin' &&
      (other.mode === 'both' || other.mode === mode) &&
      (other.accounts === accounts || other.accounts === 'either' || accounts === 'either'),
  );
  return takesSnapshots ? twin : undefined;
}
