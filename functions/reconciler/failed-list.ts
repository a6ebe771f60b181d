import { errorCode, errorMessage, PipelineError } from '#shared/errors/pipeline-error.ts';
import type { FailedList } from '#shared/reconcile/reconcile-report.ts';

/**
 * What to tell of a list that Stripe does not let us compare; the other lists go on.
 * @throws the error itself when it is not Stripe's: ledger or bus would fail the next list as well
 */
export function failedList(list: string, error: unknown): FailedList {
  if (!(error instanceof PipelineError) || !error.code.startsWith('stripe_')) throw error;
  return { list, code: errorCode(error), message: errorMessage(error) };
}
