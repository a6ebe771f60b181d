/** A card's spending in one calendar month, in UTC. */
export interface SpendingMonth {
  /** Stripe's id of the card: `ic_…`. */
  readonly card: string;
  /** Mode, and the connected account where there is one: `live`, `test#acct_…`. */
  readonly scope: string;
  /** `2026-11` */
  readonly month: string;
}

/** What one authorization holds. */
export interface Spent {
  /** In the card's currency and its smallest unit. */
  readonly amount: number;
  /** When it was made, in Unix seconds. */
  readonly created: number;
}

/** What cards have spent, as far as this pipeline knows. */
export interface Spending {
  /**
   * The authorizations of a card in a month that were approved here, each as it is known now.
   * @throws {ObjectsUnavailable}
   */
  inMonth(month: SpendingMonth, signal: AbortSignal): Promise<readonly Spent[]>;
}
