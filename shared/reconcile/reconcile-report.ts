import { isRecord } from '../event/stripe-event.ts';

/** What a comparison counted. */
export interface ReconcileCounts {
  /** Events that a destination should have brought. */
  readonly looked: number;
  /** Those of them that the ledger had not as published. */
  readonly missing: number;
  /** Those that are on the bus now because of it; the rest was published elsewhere meanwhile, or it was a dry run. */
  readonly published: number;
  /** Missing ones whose snapshot is written in another API version than the configuration says. */
  readonly otherVersion: number;
  /** Entries of Stripe's list that are no events that this version can read. */
  readonly unreadable: number;
}

/** A list that could not be compared. */
export interface FailedList {
  /** Mode, payload style and account: `live#snapshot#own`. */
  readonly list: string;
  readonly code: string;
  readonly message: string;
}

/** What became of one invocation of the reconciler. */
export interface ReconcileReport extends ReconcileCounts {
  /**
   * `more`: its time was over, or something is in flight elsewhere; invoke it again. `busy`: another invocation works on
   * the same. `idle`: the schedule's next round is not due.
   */
  readonly outcome: 'done' | 'more' | 'busy' | 'idle';
  /** Lists that are compared so far in this round, of so many. */
  readonly lists: number;
  readonly listsOf: number;
  readonly failed: readonly FailedList[];
  /** Modes that no API key is stored for. */
  readonly withoutKey: readonly string[];
  /** Some of the events that were missing, found by this invocation. */
  readonly suchAs: readonly string[];
}

export const NOTHING_COUNTED: ReconcileCounts = {
  looked: 0,
  missing: 0,
  published: 0,
  otherVersion: 0,
  unreadable: 0,
};

/** The sum of two counts, name by name. */
export function addCounts(a: ReconcileCounts, b: ReconcileCounts): ReconcileCounts {
  return {
    looked: a.looked + b.looked,
    missing: a.missing + b.missing,
    published: a.published + b.published,
    otherVersion: a.otherVersion + b.otherVersion,
    unreadable: a.unreadable + b.unreadable,
  };
}

/** Whether a function's answer is a report of this version. */
export function isReconcileReport(value: unknown): value is ReconcileReport {
  return (
    isRecord(value) &&
    ['done', 'more', 'busy', 'idle'].includes(String(value.outcome)) &&
    [...Object.keys(NOTHING_COUNTED), 'lists', 'listsOf'].every((name) => typeof value[name] === 'number') &&
    [value.failed, value.withoutKey, value.suchAs].every(Array.isArray)
  );
}
