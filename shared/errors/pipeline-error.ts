/**
 * What the shell around a stage does about an error; it reads this and nothing else.
 * - `retry`: our side or a passing fault; try again later.
 * - `park`: no retry can help; put the message aside with its reason.
 * - `skip`: nothing to do; count it and be done.
 * - `reject`: the caller's request is wrong; tell the caller.
 */
export type Disposition = 'retry' | 'park' | 'skip' | 'reject';

/** The one base of the project's errors. Messages hold neither secrets nor bodies: they are logged and answered. */
export abstract class PipelineError extends Error {
  /** Stable name for metrics, ledger rows and answers: snake_case. */
  abstract readonly code: string;
  abstract readonly disposition: Disposition;
  /** What the reader can do about it, one sentence. */
  abstract readonly remedy: string;
  /** Seconds until the next try, where this is known better than the retry schedule knows it. */
  readonly retryAfterSeconds?: number | undefined;
  /** Seconds before which another try is of no use; the schedule may well wait longer. */
  readonly notBeforeSeconds?: number | undefined;

  override get name(): string {
    return this.constructor.name;
  }
}

/** The code under which any thrown value is recorded: a {@link PipelineError}'s own, else `unexpected_error`. */
export function errorCode(thrown: unknown): string {
  return thrown instanceof PipelineError ? thrown.code : 'unexpected_error';
}

/** The text under which any thrown value is recorded, at most 500 characters. */
export function errorMessage(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  return text.length > 500 ? `${text.slice(0, 499)}…` : text;
}

/** What kind of thing was thrown: a client's error says by its name what happened, and its message may quote a body. */
export function errorName(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : 'unknown error';
}
