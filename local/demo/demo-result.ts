/** What the demo counted; printed as it stands by `--json`. */
export interface DemoResult {
  readonly eventTypes: {
    readonly sent: number;
    /** Ledger rows that say the event is on the bus. */
    readonly published: number;
    /** Events a handler reported as handled. */
    readonly handled: number;
    /** Events whose object's row names them. */
    readonly projected: number;
    /** Types that failed one of the three. */
    readonly missing: readonly string[];
  };
  /** One event of each of Stripe's thin types. */
  readonly thin: {
    readonly sent: number;
    /** Whole events that the resolver published. */
    readonly resolved: number;
    /** Whole events a handler reported as handled. */
    readonly handled: number;
    /** Notifications that the resolver gave up. */
    readonly parked: number;
    /** Types that were not resolved and handled. */
    readonly missing: readonly string[];
  };
  readonly duplicates: {
    readonly sent: number;
    readonly publishedAgain: number;
    /** Of these, those for want of an answer from the bus: the call was repeated, and the one before had been taken. */
    readonly unanswered: number;
  };
  /** Refused requests by code. */
  readonly rejected: Readonly<Record<string, number>>;
  readonly unrecognized: { readonly sent: number; readonly handled: number };
  readonly oversize: { readonly sent: number; readonly handled: number };
  /** Two states of one object that arrive newest first. */
  readonly outOfOrder: { readonly sent: number; readonly latestKept: boolean };
  /** Two states of one object and second that say nothing of their order; Stripe's API knows a third, later one. */
  readonly tied: { readonly sent: number; readonly settled: boolean };
  readonly deadLetters: { readonly parked: number; readonly redriven: number; readonly handledAfter: number };
  /** Events that should have arrived, wherever they should have, and did not. */
  readonly lost: number;
  /** Of the whole demo, synthesis included. */
  readonly elapsedMs: number;
}
