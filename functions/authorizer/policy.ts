import type { AuthorizationPolicy } from './authorization-policy.ts';

/**
 * The team's own decision, for which this is an example: a card with `monthly_limit` in its metadata, in the smallest
 * unit of its currency, spends that much in a month and no more. All else that Stripe's own checks let through is
 * approved.
 */
export const policy: AuthorizationPolicy = async ({ amount, isAmountControllable, card }, { spending }) => {
  const limit = card.metadata.monthly_limit;
  if (limit === undefined) return { approved: true };

  const left = Number(limit) - (await spending.thisMonth());
  if (amount <= left) return { approved: true };
  return isAmountControllable && left > 0
    ? { approved: true, amount: left }
    : { approved: false, metadata: { reason: 'monthly_limit' } };
};
