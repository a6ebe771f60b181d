import type { StripeEvent } from 'stripe-fanout/events';
import type { DUNNING_EVENTS } from '../dunning-events.ts';

/** What this service is told. */
export type DunningEvent = StripeEvent<(typeof DUNNING_EVENTS)[number]>;

/** Customers who owe something. */
export interface Cases {
  /** Notes that a customer has to be reminded: the same for the same invoice and attempt, however often it is called. */
  remind(customer: string, reminder: Reminder, signal: AbortSignal): Promise<void>;
  /** Notes that there is nothing left to remind a customer of. */
  close(customer: string, signal: AbortSignal): Promise<void>;
}

export interface Reminder {
  readonly invoice: string;
  /** Which try to charge it has failed, from 1. */
  readonly attempt: number;
  /** In the currency's smallest unit. */
  readonly amountDue: number;
  readonly currency: string;
}

/** Decides what an event means for the customer it is about. @returns what was done */
export async function dun(
  event: DunningEvent,
  cases: Cases,
  signal: AbortSignal,
): Promise<'reminded' | 'closed' | 'nobody'> {
  const customer = idOf(event.data.object.customer);
  // An invoice can be nobody's: its customer was deleted, or it is a draft of a quote.
  if (customer === undefined) return 'nobody';
  if (event.type === 'customer.subscription.deleted') {
    await cases.close(customer, signal);
    return 'closed';
  }
  const { id, attempt_count: attempt, amount_due: amountDue, currency } = event.data.object;
  await cases.remind(customer, { invoice: id, attempt, amountDue, currency }, signal);
  return 'reminded';
}

/** Stripe gives the id, or the object itself where somebody asked for it to be expanded. */
function idOf(reference: string | { readonly id: string } | null): string | undefined {
  return typeof reference === 'string' ? reference : reference?.id;
}
