import type { TimeRange } from '#shared/ports/metric-reader.ts';

const FIVE_MINUTES = 5 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;
/** Metrics may come in late; and a message that is in no queue any more needs time to be counted as handled. */
const LAG = 3 * FIVE_MINUTES;

/** The stretches of time that are compared. */
export interface CheckWindow {
  /** A day, so that a loss stays visible for many runs and the edges weigh little. */
  readonly published: TimeRange;
  /** Five minutes within that day at both ends: who put an event on the bus says so a little before or after a rule. */
  readonly accepted: TimeRange;
  /** Five minutes longer: what was published at the end of the day is handled after it. */
  readonly settled: TimeRange;
  /** From the end of the day until now. */
  readonly waiting: TimeRange;
}

/** @param now Unix milliseconds */
export function checkWindow(now: number): CheckWindow {
  const end = wholeFiveMinutes(now - LAG);
  return windowBetween(new Date(end.getTime() - DAY), end, wholeFiveMinutes(now));
}

/**
 * The rest of a window from a later moment on.
 * @returns `undefined` where less than ten minutes are left, too little to compare
 */
export function restOf({ published, waiting }: CheckWindow, since: Date): CheckWindow | undefined {
  const isLong = published.to.getTime() - since.getTime() > 2 * FIVE_MINUTES;
  return isLong ? windowBetween(since, published.to, waiting.to) : undefined;
}

function windowBetween(from: Date, end: Date, now: Date): CheckWindow {
  const later = (time: Date, ms: number) => new Date(time.getTime() + ms);
  return {
    published: { from, to: end },
    accepted: { from: later(from, FIVE_MINUTES), to: later(end, -FIVE_MINUTES) },
    settled: { from, to: later(end, FIVE_MINUTES) },
    waiting: { from: end, to: now },
  };
}

/** The last whole five minutes up to a moment: where data points begin. @param ms Unix milliseconds */
export function wholeFiveMinutes(ms: number): Date {
  return new Date(ms - (ms % FIVE_MINUTES));
}
