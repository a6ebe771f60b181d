import { PipelineError } from '#shared/errors/pipeline-error.ts';

/** Milliseconds a reaction has, after its signal ended, to end itself. */
const GRACE_MS = 250;

/** A reaction went on although its signal had ended; nobody knows what it has done. */
export class ReactionTimedOut extends PipelineError {
  readonly code = 'reaction_timed_out';
  readonly disposition = 'retry';
  readonly remedy = 'Hand context.signal to every call of the reaction, so that it ends with the invocation.';
}

/**
 * Waits for a reaction, but not for one that ignores its signal: it would take the invocation with it, and Lambda would
 * give back the whole batch, of which the other messages have been handled.
 * @throws {ReactionTimedOut} or what the reaction throws
 */
export async function awaitReaction(running: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise: overdue, reject } = Promise.withResolvers<never>();
  let grace: NodeJS.Timeout | undefined;
  const end = () => {
    const error = new ReactionTimedOut(`It was still running ${GRACE_MS} ms after context.signal had ended.`);
    grace = setTimeout(() => reject(error), GRACE_MS);
  };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    await Promise.race([running, overdue]);
  } finally {
    signal.removeEventListener('abort', end);
    clearTimeout(grace);
  }
}
