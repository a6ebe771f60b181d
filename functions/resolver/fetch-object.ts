import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import { StripeNotFound } from '#shared/errors/stripe-errors.ts';
import type { ThinEvent } from '#shared/event/stripe-event.ts';
import type { Claim } from '#shared/ledger/ledger.ts';
import type { Asking } from './asking.ts';
import { assertIsObject } from './assert-is-object.ts';
import { eventRequest, requestFor } from './fetch-event.ts';
import { assertMayAsk, proveKey } from './prove-key.ts';

export type RelatedObject = NonNullable<ThinEvent['related_object']>;

/** What became of asking for a related object. */
export interface FoundObject {
  /** JSON text. */
  readonly text: string;
  /** Stripe does not know it, and the event does not say that it was deleted. */
  readonly missing: boolean;
  readonly apiVersion: string | undefined;
  /** Unix milliseconds when it was asked for: it was so then, or later. Absent where nothing but the event was seen. */
  readonly startedAt?: number;
}

/** Types that end in `.deleted` and whose object can still be fetched. */
const STILL_THERE: ReadonlySet<string> = new Set(['customer.subscription.deleted']);

/**
 * Fetches the object that a notification is about. That Stripe does not find it means that it is gone only where the
 * event itself says so. Else it is asked for once more at a later time, and then for the event: where Stripe does not
 * find that either, the key belongs to another account or mode, and nothing is known of the object at all.
 * @param lastFailure code with which the last try ended
 * @throws {RelatedObjectUnexpected} Stripe answered with something else
 * @throws {StripeFindsNothing} it is of no use to ask with this key
 * @throws whatever `PacedStripe.get` throws
 */
export async function fetchObject(
  event: ThinEvent,
  related: RelatedObject,
  { lastFailure }: Pick<Claim, 'lastFailure'>,
  asking: Asking,
): Promise<FoundObject> {
  const { stripe, breaker, signal } = asking;
  const isDeletion = /\.deleted$/.test(event.type) && !STILL_THERE.has(canonicalType(event.type));
  const about = { event: event.id, livemode: event.livemode };
  assertMayAsk(about, breaker);
  try {
    const { answer, startedAt } = await stripe.get(requestFor(event, related.url), signal);
    breaker.saw(event.livemode, true);
    assertIsObject(answer, related, event.id);
    return { text: answer.text, missing: false, apiVersion: answer.apiVersion, startedAt };
  } catch (error) {
    if (!(error instanceof StripeNotFound)) throw error;
    if (isDeletion) return { text: textOf(related, { deleted: true }), missing: false, apiVersion: undefined };
    breaker.saw(event.livemode, false);
    if (lastFailure !== error.code) throw error;
  }
  await proveKey(about, eventRequest(event), asking);
  return { text: textOf(related, {}), missing: true, apiVersion: undefined };
}

/** All that is known of an object that Stripe does not find. */
function textOf({ id, type }: RelatedObject, more: object): string {
  return JSON.stringify({ ...(id !== undefined && { id }), object: type, ...more });
}
