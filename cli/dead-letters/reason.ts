import type { DeadLetter } from '#shared/operations/dead-letter.ts';
import type { LedgerRow } from '#shared/operations/operator-ledger.ts';

/** Why a message is in a DLQ. */
export interface Reason {
  readonly code: string;
  readonly message: string;
}

/**
 * SQS keeps no reason with what it moves to a DLQ. A handler that ended in order has written one to the ledger, and
 * EventBridge one onto the message: nobody wrote one when the function was killed, ran out of memory or did not load.
 */
export const CRASHED: Reason = {
  code: 'crashed_or_killed',
  message: 'No reason is recorded: the function crashed, timed out or did not start.',
};

/** The newest failure of each event. */
export function latestFailures(rows: readonly LedgerRow[]): ReadonlyMap<string, LedgerRow> {
  const latest = new Map<string, LedgerRow>();
  for (const row of rows) {
    const known = latest.get(row.event);
    if (known === undefined || (known.failedAt ?? '') <= (row.failedAt ?? '')) latest.set(row.event, row);
  }
  return latest;
}

export function reasonOfRow({ errorCode, errorMessage }: LedgerRow): Reason {
  return { code: errorCode ?? 'unknown', message: errorMessage ?? '' };
}

/** The ledger's reason is the newer one: attributes stay with a message through a redrive. */
export function reasonOfMessage({ attributes }: DeadLetter, failure: LedgerRow | undefined): Reason {
  if (failure !== undefined) return reasonOfRow(failure);
  const { ERROR_CODE, ERROR_MESSAGE = '' } = attributes;
  return ERROR_CODE === undefined ? CRASHED : { code: ERROR_CODE, message: ERROR_MESSAGE };
}
