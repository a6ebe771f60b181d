import type { Observations } from './observations.ts';

/**
 * Waits until nothing is going on.
 * @param busy what is going on, in words; empty when nothing is
 * @param timeoutMs real milliseconds
 * @throws {Error} that says what still goes on when the time is over
 */
export async function settled(observations: Observations, busy: () => string[], timeoutMs: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = () => {
    if (busy().length === 0) resolve();
  };
  const giveUp = () => reject(new Error(`Not settled after ${timeoutMs} ms: ${busy().join(', ')}.`));
  const timer = setTimeout(giveUp, timeoutMs);
  observations.on('changed', look);
  look();
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    observations.off('changed', look);
  }
}
