import type { ThinEvent } from '#shared/event/stripe-event.ts';
import type { StripeRequest } from '#shared/ports/stripe-api.ts';
import type { Fetched, PacedStripe } from '#shared/stripe/paced-stripe.ts';

/** Fetches an event as Stripe keeps it for 30 days: with `data`, where its type has any. */
export function fetchEvent(event: ThinEvent, stripe: PacedStripe, signal: AbortSignal): Promise<Fetched> {
  return stripe.get(requestFor(event, `/v2/core/events/${event.id}`), signal);
}

/** A request on behalf of an event, for its account and in its mode. */
export function requestFor({ id, livemode, context }: ThinEvent, path: string): StripeRequest {
  return { path, livemode, context: context ?? undefined, because: id };
}
