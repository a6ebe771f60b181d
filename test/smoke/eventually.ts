import { setTimeout as sleep } from 'node:timers/promises';

/** Real milliseconds: cold starts, and on AWS counts of queues that lag behind by up to a minute. */
const PATIENCE_MS = 180_000;
const PAUSE_MS = 250;

/**
 * Looks until there is something to see.
 * @param what in words, for the error
 * @param look gives `undefined` as long as it is not there
 * @throws {Error} it did not come in time
 */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > deadline) throw new Error(`${what} did not come within ${PATIENCE_MS / 1000} s.`);
    await sleep(PAUSE_MS);
  }
}
