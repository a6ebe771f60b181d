import { PipelineError } from '#shared/errors/pipeline-error.ts';
import { awaitWork, GRACE_MS } from '#shared/ledger/await-work.ts';

/** A reaction went on although its signal had ended; nobody knows what it has done. */
export class ReactionTimedOut extends PipelineError {
  readonly code = 'reaction_timed_out';
  readonly disposition = 'retry';
  readonly remedy = 'Hand context.signal to every call of the reaction, so that it ends with the invocation.';
}

/**
 * Waits for a reaction, but not for one that ignores its signal.
 * @throws {ReactionTimedOut} or what the reaction throws
 */
export function awaitReaction(running: Promise<void>, signal: AbortSignal): Promise<void> {
  const message = `It was still running ${GRACE_MS} ms after context.signal had ended.`;
  return awaitWork(running, signal, () => new ReactionTimedOut(message));
}
