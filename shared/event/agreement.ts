import type { Destination } from '../environment/destination.ts';
import { PING_TYPE } from './ping-type.ts';
import { isThin, type StripeEvent } from './stripe-event.ts';

/**
 * Whether an event is one that its destination is meant for.
 * - `ignored`: a test event of a connected account at a live destination, which Stripe sends by design.
 * - `mismatch`: it should never have come; `why` is one sentence.
 * @see https://support.stripe.com/questions/connect-account-webhook-configurations
 */
export type Agreement =
  | { readonly outcome: 'expected' | 'ignored' }
  | { readonly outcome: 'mismatch'; readonly why: string };

/** Compares an event with what its destination declares. */
export function agreementOf(event: StripeEvent, destination: Destination): Agreement {
  const mode = event.livemode ? 'live' : 'test';
  if (destination.mode !== 'both' && destination.mode !== mode) {
    const ofConnected = destination.accounts !== 'own' && (isThin(event) || event.account !== undefined);
    if (destination.mode === 'live' && ofConnected) return { outcome: 'ignored' };
    return mismatch(destination, `takes ${destination.mode} events, and this is a ${mode} event`);
  }
  const style = isThin(event) ? 'thin' : 'snapshot';
  // A ping is a notification also where snapshots are asked for.
  if (destination.payload !== 'either' && destination.payload !== style && event.type !== PING_TYPE) {
    return mismatch(destination, `takes ${destination.payload} events, and this is a ${style} event`);
  }
  // A notification's context does not tell own accounts of an organization from connected ones.
  if (!isThin(event) && destination.accounts !== 'either') {
    const accounts = event.account === undefined ? 'own' : 'connected';
    if (destination.accounts !== accounts) {
      return mismatch(
        destination,
        `takes events of ${destination.accounts} accounts, and this is one of ${accounts} accounts`,
      );
    }
  }
  return { outcome: 'expected' };
}

function mismatch({ name }: Destination, what: string): Agreement {
  return { outcome: 'mismatch', why: `The destination "${name}" ${what}.` };
}
