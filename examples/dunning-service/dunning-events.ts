/** What this service subscribes to, and what its code is typed by: one list, so that the two cannot differ. */
export const DUNNING_EVENTS = ['invoice.payment_failed', 'customer.subscription.deleted'] as const;
