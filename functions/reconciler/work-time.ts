import type { Clock } from '#shared/ports/clock.ts';

/** What of an invocation's time may still be used. */
export interface WorkTime {
  /** Whether another page, or a few more events, may be begun. */
  readonly mayGoOn: () => boolean;
  /** Ends in time for what was begun to be given back. */
  readonly work: AbortSignal;
  readonly settle: AbortSignal;
}

/** Milliseconds before Lambda's timeout at which nothing new is begun: a few events may take ten seconds. */
const STOP_BEFORE_MS = 14_000;
/** Milliseconds before it at which work, and giving the job back, end. */
const WORK_BEFORE_MS = 3_000;
const SETTLE_BEFORE_MS = 750;

/**
 * @param remainingMs until Lambda's timeout
 * @param askedMs how long whoever waits for the answer wants to wait
 */
export function workTime(clock: Clock, remainingMs: number, askedMs = Infinity): WorkTime {
  const stop = clock.now() + Math.min(askedMs, remainingMs - STOP_BEFORE_MS);
  const endsIn = (ms: number) => AbortSignal.timeout(Math.max(1, ms));
  return {
    mayGoOn: () => clock.now() < stop,
    work: endsIn(remainingMs - WORK_BEFORE_MS),
    settle: endsIn(remainingMs - SETTLE_BEFORE_MS),
  };
}
