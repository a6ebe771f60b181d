import { errorCode, errorMessage, PipelineError } from '#shared/errors/pipeline-error.ts';
import { InProgressElsewhere } from '#shared/errors/queue-errors.ts';
import { awaitWork, GRACE_MS } from '#shared/ledger/await-work.ts';
import { idempotencyKey } from '#shared/ledger/idempotency-key.ts';
import type { Ledger } from '#shared/ledger/ledger.ts';
import { type RunOnce, runOnce } from '#shared/ledger/run-once.ts';
import { batchDeadlines, LEASE_MARGIN_MS } from '#shared/queues/settle-batch.ts';

export interface IdempotentOptions {
  /**
   * Names the work in the ledger: another name is other work, done once by itself. Never change it afterwards, for what
   * was done under the old name would be done again.
   */
  readonly name: string;
  /** Gives the ledger whose claims last so many milliseconds: `tableLedger(…)`, and `memoryLedger()` in tests. */
  readonly ledger: (leaseMs: number) => Ledger;
}

/** The part of Lambda's context that says how much time there is; elsewhere `{ getRemainingTimeInMillis: () => 30_000 }`. */
export interface RemainingTime {
  getRemainingTimeInMillis(): number;
}

export interface WorkContext {
  /** The same each time this work is tried for this event: hand it to whatever is called outside. */
  readonly idempotencyKey: string;
  /** Ends two seconds before the invocation: hand it to every call. */
  readonly signal: AbortSignal;
}

/** `ran`: now, with this result. `done`: earlier, so that nothing was done now. */
export type Once<Result> = Exclude<RunOnce<Result>, { readonly outcome: 'in_progress' }>;

/** The work went on although its signal had ended; nobody knows what it has done. */
export class WorkTimedOut extends PipelineError {
  readonly code = 'work_timed_out';
  readonly disposition = 'retry';
  readonly remedy = 'Hand the signal to every call of the work, so that it ends before the invocation does.';
}

/**
 * Makes a function that does a piece of work once for each event, as far as anyone can know: claim, do, complete, and
 * after a failure release. An invocation that dies leaves a claim that ends by itself five seconds after the invocation
 * would have; the work then runs again, with the same idempotency key.
 */
export function idempotent({ name, ledger }: IdempotentOptions) {
  /**
   * @throws {InProgressElsewhere} another invocation is at it, or died: leave the message in its queue
   * @throws {LedgerUnavailable} the table does not answer: nothing was done
   * @throws {WorkTimedOut} or what the work throws: its claim was given back, for the next try
   */
  return async function once<Result>(
    event: { readonly id: string; readonly type: string; readonly account?: string },
    time: RemainingTime,
    work: (context: WorkContext) => Promise<Result>,
  ): Promise<Once<Result>> {
    const remainingMs = time.getRemainingTimeInMillis();
    const deadlines = batchDeadlines(remainingMs);
    const context = { idempotencyKey: idempotencyKey(event.id, name), signal: deadlines.work };
    const overdue = () =>
      new WorkTimedOut(`${name} was still at ${event.id} ${GRACE_MS} ms after its signal had ended.`);
    const ran = await runOnce(
      ledger(remainingMs + LEASE_MARGIN_MS),
      {
        key: { event: event.id, stage: `consume#${name}` },
        run: () => awaitWork(work(context), deadlines.work, overdue),
        failure: (thrown) => ({
          domain: name,
          code: errorCode(thrown),
          message: errorMessage(thrown),
          type: event.type,
          account: event.account,
        }),
      },
      deadlines,
    );
    if (ran.outcome !== 'in_progress') return ran;
    throw new InProgressElsewhere(`${name} is at work on ${event.id} elsewhere.`, ran.leaseUntil);
  };
}
