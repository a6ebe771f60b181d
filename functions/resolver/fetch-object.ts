import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import { RelatedObjectUnexpected, StripeFindsNothing, StripeNotFound } from '#shared/errors/stripe-errors.ts';
import type { ThinEvent } from '#shared/event/stripe-event.ts';
import type { Claim } from '#shared/ledger/ledger.ts';
import type { StripeAnswer } from '#shared/ports/stripe-api.ts';
import type { PacedStripe } from '#shared/stripe/paced-stripe.ts';
import { fetchEvent, requestFor } from './fetch-event.ts';
import type { NotFoundBreaker } from './not-found-breaker.ts';

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

export interface Asking {
  readonly stripe: PacedStripe;
  readonly breaker: NotFoundBreaker;
  readonly signal: AbortSignal;
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
 * @throws whatever {@link PacedStripe.get} throws
 */
export async function fetchObject(
  event: ThinEvent,
  related: RelatedObject,
  { lastFailure }: Pick<Claim, 'lastFailure'>,
  asking: Asking,
): Promise<FoundObject> {
  const { stripe, breaker, signal } = asking;
  const isDeletion = /\.deleted$/.test(event.type) && !STILL_THERE.has(canonicalType(event.type));
  if (!breaker.allows(event.livemode)) throw findsNothing(event, 'most of what was asked for lately was answered 404');
  try {
    const { answer, startedAt } = await stripe.get(requestFor(event, related.url), signal);
    breaker.saw(event.livemode, true);
    assertIs(answer, related, event.id);
    return { text: answer.text, missing: false, apiVersion: answer.apiVersion, startedAt };
  } catch (error) {
    if (!(error instanceof StripeNotFound)) throw error;
    if (isDeletion) return { text: textOf(related, { deleted: true }), missing: false, apiVersion: undefined };
    breaker.saw(event.livemode, false);
    if (lastFailure !== error.code) throw error;
  }
  await proveKey(event, asking);
  return { text: textOf(related, {}), missing: true, apiVersion: undefined };
}

/** A key that finds an event belongs to the account and the mode in which it happened. */
async function proveKey(event: ThinEvent, { stripe, breaker, signal }: Asking): Promise<void> {
  try {
    await fetchEvent(event, stripe, signal);
    breaker.saw(event.livemode, true);
  } catch (error) {
    if (!(error instanceof StripeNotFound)) throw error;
    breaker.open(event.livemode);
    throw findsNothing(event, 'not even the event itself was found');
  }
}

/** All that is known of an object that Stripe does not find. */
function textOf({ id, type }: RelatedObject, more: object): string {
  return JSON.stringify({ ...(id !== undefined && { id }), object: type, ...more });
}

function assertIs({ value }: StripeAnswer, { id, type, url }: RelatedObject, event: string): void {
  const isOther = id !== undefined && value.id !== undefined && value.id !== id;
  if (value.object === type && !isOther) return;
  const what = isOther ? 'an object with another id' : `"object" ${JSON.stringify(value.object)?.slice(0, 80)}`;
  const expected = id === undefined ? type : `${type} ${id}`;
  throw new RelatedObjectUnexpected(`${url} of ${event} answered ${what}; ${expected} was expected.`);
}

function findsNothing({ id, livemode }: ThinEvent, why: string): StripeFindsNothing {
  return new StripeFindsNothing(`${id} is put back: with the ${livemode ? 'live' : 'test'} key, ${why}.`);
}
