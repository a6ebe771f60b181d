import { idAtStripe } from '#shared/event/lost-event.ts';
import type { ThinEvent } from '#shared/event/stripe-event.ts';
import type { StripeRequest } from '#shared/ports/stripe-api.ts';
import type { Fetched, PacedStripe } from '#shared/stripe/paced-stripe.ts';

/**
 * Fetches an event as Stripe keeps it for 30 days: with `data`, where its type has any. In the place of one that Stripe
 * failed to make, what it sent to announce that: an event of the own account, whoever the lost one's was.
 */
export function fetchEvent(event: ThinEvent, stripe: PacedStripe, signal: AbortSignal): Promise<Fetched> {
  return stripe.get(eventRequest(event), signal);
}

/** The request for the event itself. */
export function eventRequest(event: ThinEvent): StripeRequest {
  const id = idAtStripe(event.id);
  const { context, ...announced } = event;
  const asked = id === event.id ? event : announced;
  return requestFor(asked, `/v2/core/events/${id}`);
}

/** A request on behalf of an event, for its account and in its mode. */
export function requestFor({ id, livemode, context }: ThinEvent, path: string): StripeRequest {
  return { path, livemode, context: context ?? undefined, because: idAtStripe(id) };
}
