import { StripeFindsNothing, StripeNotFound } from '#shared/errors/stripe-errors.ts';
import type { StripeRequest } from '#shared/ports/stripe-api.ts';
import type { Asking } from './asking.ts';
import type { NotFoundBreaker } from './not-found-breaker.ts';

/** The event on whose behalf Stripe is asked, and its mode. */
interface About {
  readonly event: string;
  readonly livemode: boolean;
}

/** @throws {StripeFindsNothing} lately next to nothing was found with the key of this mode */
export function assertMayAsk(about: About, breaker: NotFoundBreaker): void {
  if (!breaker.allows(about.livemode)) throw findsNothing(about, 'most of what was asked for lately was answered 404');
}

/**
 * Fetches the event itself: a key that finds it belongs to the account and the mode in which it happened.
 * @throws {StripeFindsNothing} it does not, and the breaker is open from here on
 */
export async function proveKey(about: About, request: StripeRequest, asking: Asking): Promise<void> {
  const { stripe, breaker, signal } = asking;
  try {
    await stripe.get(request, signal);
    breaker.saw(about.livemode, true);
  } catch (error) {
    if (!(error instanceof StripeNotFound)) throw error;
    breaker.open(about.livemode);
    throw findsNothing(about, 'not even the event itself was found');
  }
}

function findsNothing({ event, livemode }: About, why: string): StripeFindsNothing {
  return new StripeFindsNothing(`${event} is put back: with the ${livemode ? 'live' : 'test'} key, ${why}.`);
}
