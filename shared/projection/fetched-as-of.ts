/** Milliseconds by which a fetched object may be older than its answer: the clocks are not one. */
const FETCH_MARGIN_MS = 2_000;

/** What a fetched object is known as of. @param startedAt when it was asked for; both in Unix milliseconds */
export function fetchedAsOf(startedAt: number): number {
  return startedAt - FETCH_MARGIN_MS;
}

/** The first moment at which asking gives something newer than what is known already. Both in Unix milliseconds. */
export function worthAskingAt(asOf: number): number {
  return asOf + FETCH_MARGIN_MS + 1;
}
