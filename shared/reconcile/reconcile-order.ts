import { isRecord } from '../event/stripe-event.ts';

/** What a command asks the reconciler for. The schedule asks for nothing: it goes on from where it was. */
export interface ReconcileOrder {
  /** Unix milliseconds, both ends included: when the events arose. */
  readonly since: number;
  readonly until: number;
  /** Only the events of this account. @default all */
  readonly account?: string;
  /** Compare, and publish nothing. */
  readonly dryRun: boolean;
  /** Seconds that one invocation may work, at most; the caller invokes again for the rest. */
  readonly seconds: number;
}

/** Stripe lists events for this long, in milliseconds. */
export const LISTED_FOR_MS = 30 * 86_400_000;
/** Younger events are left alone: they may be on their way, and Stripe's list a moment behind. */
export const TOO_YOUNG_MS = 15 * 60_000;

/**
 * Reads what a function was invoked with.
 * @returns `undefined` for whatever no command sent, which is the schedule
 * @throws {Error} a command of another version
 */
export function readReconcileOrder(payload: unknown): ReconcileOrder | undefined {
  if (!isRecord(payload) || payload.reconcile === undefined) return undefined;
  const { since, until, account, dryRun, seconds } = isRecord(payload.reconcile) ? payload.reconcile : {};
  const isAccount = account === undefined || (typeof account === 'string' && /^acct_\w+$/.test(account));
  if (!isTime(since) || !isTime(until) || !isTime(seconds) || typeof dryRun !== 'boolean' || !isAccount) {
    throw new Error('This is no order to reconcile: since, until, dryRun and seconds were expected, account may be.');
  }
  return { since, until, dryRun, seconds, ...(account !== undefined && { account }) };
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
