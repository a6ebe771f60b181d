/** Stripe waits for two seconds. The rest is for both ways between Stripe and the gateway, and for the gateway. */
const ANSWER_WITHIN_MS = 1_600;
/** What is kept for the copy to the bus, whatever the policy takes: some five times what its calls need. */
const COPY_MS = 350;
/** What is kept of that for giving the ledger row back when the copy fails. */
const SETTLE_MS = 100;
/** Below it nobody need be asked: no read comes back in that time. */
const LEAST_POLICY_MS = 50;

/** How much time there is, in milliseconds from now. */
export interface Budget {
  /** For the policy; 0 when there is none left to ask it. */
  policy(): number;
  /** For the copy's work, and for settling it. */
  copy(): { readonly work: number; readonly settle: number };
  /** Since the request arrived. */
  spent(): number;
}

/**
 * Divides the time that Stripe gives. It runs from the request's arrival at the gateway, so that a cold start is paid
 * for by the policy and the copy, and not by Stripe's patience.
 * @param arrivedAt Unix milliseconds
 * @param now Unix milliseconds
 * @param policyMs the most that the policy may take
 */
export function budgetFrom(arrivedAt: number, now: () => number, policyMs: number): Budget {
  const left = () => arrivedAt + ANSWER_WITHIN_MS - now();
  return {
    policy() {
      const ms = Math.min(policyMs, left() - COPY_MS);
      return ms < LEAST_POLICY_MS ? 0 : ms;
    },
    copy: () => ({ work: Math.max(0, left() - SETTLE_MS), settle: Math.max(0, left()) }),
    spent: () => now() - arrivedAt,
  };
}

/** Further from now than this, in milliseconds, the gateway's clock is wrong: it must not eat the budget. */
const PLAUSIBLE_MS = 60_000;

/**
 * When a request came to the gateway.
 * @param timeEpoch as the gateway says, in Unix milliseconds
 */
export function arrivalOf(timeEpoch: number | undefined, now: number): number {
  return timeEpoch !== undefined && timeEpoch <= now && now - timeEpoch < PLAUSIBLE_MS ? timeEpoch : now;
}
