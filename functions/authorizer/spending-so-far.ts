import { monthOf } from '#shared/issuing/spending-key.ts';
import type { Spending, Spent } from '#shared/ports/spending.ts';
import { objectScope } from '#shared/projection/object-key.ts';
import type { AuthorizationRequest, PolicyContext } from './authorization-policy.ts';

/** What the card of a request has spent before it. The month is read when first asked for, and once. */
export function spendingSoFar(
  spending: Spending,
  { authorization, card, livemode, account }: AuthorizationRequest,
  signal: AbortSignal,
): PolicyContext['spending'] {
  const { created } = authorization;
  const scope = objectScope({ livemode, ...(account !== undefined && { account }) });
  let read: Promise<readonly Spent[]> | undefined;
  const month = () => {
    read ??= spending.inMonth({ card: card.id, scope, month: monthOf(created) }, signal);
    return read;
  };
  const midnight = created - (created % SECONDS_A_DAY);
  return {
    thisMonth: async () => sum(await month()),
    today: async () => sum((await month()).filter((spent) => spent.created >= midnight)),
  };
}

const SECONDS_A_DAY = 86_400;

function sum(spent: readonly Spent[]): number {
  return spent.reduce((total, { amount }) => total + amount, 0);
}
