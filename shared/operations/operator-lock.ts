/** Who works on a domain's dead letters. */
export interface LockHolder {
  /** A new random text for each command. */
  readonly token: string;
  readonly host: string;
  readonly pid: number;
  /** The command's name. */
  readonly what: string;
}

/** What a command wrote down before it went on, so that its death tells what it had in hand. */
export interface LockNote {
  /** Messages moved so far. */
  readonly moved: number;
  /** Events whose messages are between the two queues: sent or not, deleted or not. */
  readonly inHand: readonly string[];
}

export type HeldLock = LockHolder &
  LockNote & {
    readonly leaseUntil: number;
    readonly startedAt: string;
    /** What commands before it had in hand when they were killed, and nobody has reported yet. */
    readonly unreported: readonly string[];
  };

export type LockOutcome =
  | {
      readonly outcome: 'taken';
      /** The command before, when it ended without giving the lock back. */
      readonly interrupted?: HeldLock;
    }
  | { readonly outcome: 'held'; readonly by: HeldLock };

/** Milliseconds after which a lock that is not noted again is free: the longest one waits after a laptop was closed. */
export const LOCK_LEASE_MS = 60_000;

/**
 * Keeps two commands from working on the same DLQ at once: one row of the ledger table. Leases are compared with the
 * operators' own clocks.
 */
export interface OperatorLock {
  /** @param dead token of a holder that is known to have died: its lease counts as over */
  take(domain: string, holder: LockHolder, dead?: string): Promise<LockOutcome>;
  /** Renews the lease. @returns `false` when someone else has it now */
  note(domain: string, token: string, note: LockNote): Promise<boolean>;
  /** Gives the lock back; what was in hand of those before counts as reported. */
  release(domain: string, token: string, moved: number): Promise<void>;
}
