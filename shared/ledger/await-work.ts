/** Milliseconds that work has, after its signal ended, to end itself. */
export const GRACE_MS = 250;

/**
 * Waits for work, but not for one that ignores its signal: it would take the invocation with it, and Lambda would give
 * back the whole batch, of which the other messages have been handled.
 * @param overdue makes what is thrown then: the work goes on, and nobody knows what it has done
 * @param graceMs milliseconds that it has, after the signal ended, to end itself
 */
export async function awaitWork<Result>(
  running: Promise<Result>,
  signal: AbortSignal,
  overdue: () => Error,
  graceMs = GRACE_MS,
): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  let grace: NodeJS.Timeout | undefined;
  const end = () => {
    const error = overdue();
    grace = setTimeout(() => reject(error), graceMs);
  };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    return await Promise.race([running, late]);
  } finally {
    signal.removeEventListener('abort', end);
    clearTimeout(grace);
  }
}
