import type { ReconcileCounts } from '../reconcile/reconcile-report.ts';

/** One look at all lists of a job. */
export interface Round {
  readonly id: string;
  /** Unix milliseconds: end of the time that is looked at. */
  readonly to: number;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly endedAt?: number;
  /** How many lists there were to compare, once it has ended. */
  readonly lists?: number;
  /** When a round last ended with every list compared. */
  readonly completeAt?: number;
}

/** How far one of Stripe's lists is compared. */
export interface ListProgress {
  /** Name of the list: `live#snapshot#own`. */
  readonly list: string;
  /** Id of the round that this is about. */
  readonly round: string;
  /** Unix milliseconds: the time that is looked at. */
  readonly from: number;
  readonly to: number;
  /** Where the next page begins; absent at the start. */
  readonly at?: string;
  readonly isDone: boolean;
  /** Unix milliseconds: whatever arose until then was on the bus when it was last looked at. */
  readonly until?: number;
  /** Unix milliseconds: the newest event that was seen here, in any round. */
  readonly newest?: number;
  /** When what was in flight elsewhere arose, in Unix milliseconds: that time is looked at once more. */
  readonly inFlight?: { readonly from: number; readonly to: number };
  /** Unix milliseconds before which that second look is of no use; absent during the first. */
  readonly notBefore?: number;
  readonly counts: ReconcileCounts;
}

/** What an invocation works on and how far it is; written with every page. */
export interface JobState {
  readonly round?: Round;
  /** The list that was being compared. */
  readonly current?: ListProgress;
}

/**
 * Remembers how far jobs are: that of the schedule, and one for each window that a command asks for. Nothing is published
 * twice without it, for that is the ledger's part; it saves the work of comparing again.
 */
export interface ReconcileProgress {
  /**
   * Takes a job for a short while, which every {@link save} begins anew.
   * @returns what is known of it, or `undefined` while another owner has it
   * @throws {LedgerUnavailable}
   */
  take(job: string, owner: string, signal: AbortSignal): Promise<JobState | undefined>;
  /** The lists of the job. @throws {LedgerUnavailable} */
  lists(job: string, signal: AbortSignal): Promise<readonly ListProgress[]>;
  /** @returns `false` when another owner has the job by now: stop. @throws {LedgerUnavailable} */
  save(job: string, owner: string, state: JobState, signal: AbortSignal): Promise<boolean>;
  /** Writes what is to be known of a list in later rounds. @throws {LedgerUnavailable} */
  saveList(job: string, list: ListProgress, signal: AbortSignal): Promise<void>;
  /** Gives the job back, with its state. @throws {LedgerUnavailable} */
  release(job: string, owner: string, state: JobState, signal: AbortSignal): Promise<void>;
}
