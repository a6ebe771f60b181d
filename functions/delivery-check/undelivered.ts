/** What became of a domain's events of the last day. */
export interface Tally {
  readonly published: number;
  readonly settled: number;
  readonly waiting: number;
  readonly deadLetters: number;
}

/**
 * EventBridge's metrics are best effort, and an event on either edge of the day may be counted on one side only: one
 * in a thousand may be missing before anyone is woken. Below a thousand events a day, each one counts.
 */
const TOLERATED_SHARE = 0.001;
/** The sum over all rules is compared with our own count, so gaps of either tell: more of them are tolerated. */
const TOLERATED_SHARE_OF_ALL = 0.01;
const TOLERATED_OF_ALL = 10;

/** Published events that were neither handled nor parked, and wait nowhere. */
export function undelivered({ published, settled, waiting, deadLetters }: Tally): number {
  const missing = published - settled - waiting - deadLetters;
  return missing > published * TOLERATED_SHARE ? missing : 0;
}

/** Accepted events that no rule of ours matched: one was deleted or changed by hand. */
export function unrouted(accepted: number, matched: number): number {
  const missing = accepted - matched;
  return missing > Math.max(TOLERATED_OF_ALL, accepted * TOLERATED_SHARE_OF_ALL) ? missing : 0;
}
