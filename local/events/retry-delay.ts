/** Seconds before the first retry, and the most between two. */
const FIRST = 1;
const LONGEST = 900;

/**
 * Back-off with jitter between deliveries to a target; AWS states the principle, not the numbers.
 * @param retry 1 for the first retry
 * @param random 0 to 1
 * @returns seconds
 */
export function retryDelay(retry: number, random = Math.random()): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** (retry - 1));
  return ceiling / 2 + (ceiling / 2) * random;
}
