import { StripeNotFound } from '#shared/errors/stripe-errors.ts';
import type { RefreshRequest } from '#shared/refresh/refresh-request.ts';
import type { Fetched } from '#shared/stripe/paced-stripe.ts';
import type { Asking } from '../asking.ts';
import { assertIsObject } from '../assert-is-object.ts';
import { assertMayAsk, proveKey } from '../prove-key.ts';

/**
 * Fetches an object as it is now. As with notifications, that Stripe does not find it says nothing by itself: it is
 * asked for once more at a later time, and then for the event, which proves that the key is the right one.
 * @param isRepeated whether it was asked for before
 * @returns `undefined` where there is no such object
 * @throws {RelatedObjectUnexpected} Stripe answered with something else
 * @throws {StripeFindsNothing} it is of no use to ask with this key
 * @throws whatever `PacedStripe.get` throws
 */
export async function fetchState(
  { url, kind, id, livemode, context, event, eventUrl }: RefreshRequest,
  isRepeated: boolean,
  asking: Asking,
): Promise<Fetched | undefined> {
  const { stripe, breaker, signal } = asking;
  const about = { event, livemode };
  assertMayAsk(about, breaker);
  try {
    const fetched = await stripe.get({ path: url, livemode, context, because: event }, signal);
    breaker.saw(livemode, true);
    assertIsObject(fetched.answer, { id, type: kind, url }, event);
    return fetched;
  } catch (error) {
    if (!(error instanceof StripeNotFound)) throw error;
    breaker.saw(livemode, false);
    if (!isRepeated) throw error;
  }
  if (eventUrl !== undefined) await proveKey(about, { path: eventUrl, livemode, context, because: event }, asking);
  return undefined;
}
