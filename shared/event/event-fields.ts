import { accountOf, type StripeEvent } from './stripe-event.ts';

/** What a log line says of an event: nothing of what it holds. */
export function eventFields(event: StripeEvent): Readonly<Record<string, unknown>> {
  return { event: event.id, type: event.type, account: accountOf(event), livemode: event.livemode };
}
