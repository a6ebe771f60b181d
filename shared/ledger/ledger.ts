import type { PayloadStyle, Via } from '../event/fanout.ts';

/**
 * A step that must be done once: of an event's life (published, resolved, one reaction of one domain), or the
 * announcement of a type that no rule covers.
 */
export type Stage = 'publish' | 'resolve' | 'announce' | `consume#${string}` | `react#${string}` | `handle#${string}`;

/** Primary key of a ledger row. */
export interface StageKey {
  /** Stripe's event id; for an announcement `type:<type>`. */
  readonly event: string;
  readonly stage: Stage;
}

/** What the `publish` row keeps of the event, for operators and the reconciler. */
export interface EventFacts {
  readonly type: string;
  readonly account?: string | undefined;
  readonly livemode: boolean;
  /** Unix milliseconds. */
  readonly created: number;
  readonly payload: Exclude<PayloadStyle, 'reference'>;
  readonly destination: string;
  readonly via: Via;
  /** Key in the objects table of the object that the event is about, where one can be told. */
  readonly object?: string | undefined;
}

/** The right to do a stage's work until the lease ends. `owner` is the fence: only its holder can settle the row. */
export interface Claim extends StageKey {
  readonly owner: string;
  /** Unix milliseconds. */
  readonly leaseUntil: number;
  /** The lease of an earlier owner ended without a word from it: it may have done the work. */
  readonly takenOver: boolean;
  /** Code with which an earlier owner gave the stage back, if one did. */
  readonly lastFailure?: string;
}

export type ClaimOutcome =
  | { readonly outcome: 'claimed'; readonly claim: Claim }
  | { readonly outcome: 'done' }
  | { readonly outcome: 'in_progress'; readonly leaseUntil: number };

/** Why a stage's work failed, as the `failures` index shows it. */
export interface Failure {
  /** The domain (or `ingress`) under which operators look for it. */
  readonly domain: string;
  readonly code: string;
  readonly message: string;
  readonly type: string;
  readonly account?: string | undefined;
}

/**
 * Remembers what happened to each event. Every method is one conditional write that counts as success when the row
 * is already ours, so that it can be repeated after a lost answer. All reject with `LedgerUnavailable` when the store
 * does not answer; the row is then as before or as wanted, never in between.
 */
export interface Ledger {
  /** Whether a stage's work was done, as far as the table knows now: another owner may be about to do it. */
  isDone(key: StageKey, signal: AbortSignal): Promise<boolean>;
  /** Takes the stage when there is no row, its lease is over, or it has passed its expiry. */
  claim(key: StageKey, facts: EventFacts | undefined, signal: AbortSignal): Promise<ClaimOutcome>;
  /** Marks the work done for good. `lost`: another owner took over after our lease ended. */
  complete(claim: Claim, signal: AbortSignal): Promise<'completed' | 'lost'>;
  /** Gives the stage back after a known failure, so that the next try need not wait for the lease. */
  release(claim: Claim, failure: Failure, signal: AbortSignal): Promise<'released' | 'lost'>;
}

/** Failures of work that needs no claim because it is idempotent by itself (projection, parsing). */
export interface FailureLog {
  record(key: StageKey, failure: Failure, signal: AbortSignal): Promise<void>;
  /** Takes the recorded failures of these rows out of the index: their work has been done since. */
  clear(keys: readonly StageKey[], signal: AbortSignal): Promise<void>;
}

/** Seconds a ledger row is kept: Stripe keeps events for 30 days, and its own retries add a few. */
export const LEDGER_TTL_SECONDS = 35 * 24 * 60 * 60;
/** Name of the sparse index of what failed and is not yet done: partition `failedDomain`, sort `failedAt`. */
export const FAILURES_INDEX = 'failures';
