import { spendingRow } from '#shared/issuing/spending-row.ts';
import type { Reaction } from '../reaction.ts';

/** States in which nothing is held any more. */
const GIVEN_BACK: readonly string[] = ['reversed', 'expired'];

/**
 * Keeps what an authorization holds of its card's spending, which the authorizer's policy asks for. The authorizer has
 * noted what it approved; this puts right what Stripe or the merchant made of it since.
 */
export const keepSpending: Reaction<'issuing_authorization.created' | 'issuing_authorization.updated'> = async (
  { data: { object: authorization } },
  context,
) => {
  const { approved, status, amount } = authorization;
  await context.keep(spendingRow(authorization, approved && !GIVEN_BACK.includes(status) ? amount : 0));
};
