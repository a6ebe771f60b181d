import type { TeamRow } from '../ports/team-rows.ts';
import { monthOf, spendingKey } from './spending-key.ts';

/** The parts of Stripe's authorization that tell whose spending it is. */
export interface AuthorizationOfCard {
  /** `iauth_…` */
  readonly id: string;
  readonly card: { readonly id: string };
  /** Unix seconds. */
  readonly created: number;
}

/**
 * What an authorization counts towards its card's spending, as a row of the objects table. The newest state of an
 * authorization replaces those before.
 * @param amount what is held for it, in the card's currency and its smallest unit
 */
export function spendingRow(
  { id, card, created }: AuthorizationOfCard,
  amount: number,
): Pick<TeamRow, 'object' | 'part' | 'data'> {
  return { object: spendingKey({ card: card.id, month: monthOf(created) }), part: id, data: { amount, created } };
}
