/** A ledger row as an operator reads it. Times are ISO 8601. */
export interface LedgerRow {
  readonly event: string;
  readonly stage: string;
  readonly status: string;
  readonly attempts: number;
  readonly claimedAt?: string;
  readonly doneAt?: string;
  /** Unix milliseconds; 0 when it was given back. */
  readonly leaseUntil?: number;
  readonly failedDomain?: string;
  readonly failedAt?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly type?: string;
  readonly account?: string;
  readonly livemode?: boolean;
  /** Unix milliseconds. */
  readonly created?: number;
  readonly payload?: string;
  readonly destination?: string;
  readonly via?: string;
  /** Key in the objects table of the object the event is about. */
  readonly object?: string;
}

/** The ledger as the engineer on call reads it; nothing here writes. */
export interface OperatorLedger {
  /** Every row of an event, by stage. */
  rowsOf(event: string): Promise<readonly LedgerRow[]>;
  /** What failed in a domain and is not yet done, oldest failure first. */
  failuresOf(domain: string): Promise<readonly LedgerRow[]>;
}
