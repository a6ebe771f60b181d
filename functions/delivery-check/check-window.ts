import type { TimeRange } from '#shared/ports/metric-reader.ts';

const FIVE_MINUTES = 5 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;
/** Metrics may come in late; and a message that is in no queue any more needs time to be counted as handled. */
const LAG = 3 * FIVE_MINUTES;

/** The stretches of time that are compared. */
export interface CheckWindow {
  /** A day, so that a loss stays visible for many runs and the edges weigh little. */
  readonly published: TimeRange;
  /** Five minutes longer: what was published at the end of the day is handled after it. */
  readonly settled: TimeRange;
  /** From the end of the day until now. */
  readonly waiting: TimeRange;
}

/** @param now Unix milliseconds */
export function checkWindow(now: number): CheckWindow {
  const whole = (ms: number) => new Date(ms - (ms % FIVE_MINUTES));
  const end = whole(now - LAG);
  const from = new Date(end.getTime() - DAY);
  return {
    published: { from, to: end },
    settled: { from, to: new Date(end.getTime() + FIVE_MINUTES) },
    waiting: { from: end, to: whole(now) },
  };
}
