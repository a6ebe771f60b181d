import { Park, type Reaction } from '../reaction.ts';

/**
 * Keeps a dunning entry for an invoice whose payment failed, in the objects table under `dunning:<invoice id>`: what
 * a reminder service needs to know, without asking Stripe. The newest failure wins; the same one again changes nothing.
 */
export const startDunning: Reaction<'invoice.payment_failed'> = async (event, context) => {
  const invoice = event.data.object;
  if (invoice.id === undefined) throw new Park('The invoice of a failed payment has no id.');
  const isNewest = await context.keep({
    object: `dunning:${invoice.id}`,
    data: {
      invoice: invoice.id,
      customer: typeof invoice.customer === 'string' ? invoice.customer : (invoice.customer?.id ?? null),
      amount_due: invoice.amount_due,
      currency: invoice.currency,
      attempt_count: invoice.attempt_count,
      next_payment_attempt: invoice.next_payment_attempt,
    },
  });
  context.log('dunning entry', { invoice: invoice.id, newest: isNewest });
};
