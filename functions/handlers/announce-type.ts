import { errorCode, errorMessage } from '#shared/errors/pipeline-error.ts';
import type { FanoutEvent } from '#shared/event/bus-entry.ts';
import type { Ledger } from '#shared/ledger/ledger.ts';
import { type Deadlines, runOnce } from '#shared/ledger/run-once.ts';
import type { HandlerPorts } from './ports.ts';

/**
 * Counts a type that no rule covers when its first event comes, and no other: a type that keeps coming must not hide
 * the next new one. The ledger forgets after five weeks, and then it is announced again.
 * @throws {LedgerUnavailable}
 */
export async function announceType(
  { domain, telemetry }: HandlerPorts,
  { id, type, account }: FanoutEvent,
  ledger: Ledger,
  deadlines: Deadlines,
): Promise<void> {
  await runOnce(
    ledger,
    {
      key: { event: `type:${type}`, stage: 'announce' },
      async run() {
        telemetry.count('NewType');
        telemetry.log('warn', 'first event of a type that no rule covers', { event: id, type });
      },
      failure: (thrown) => ({ domain, code: errorCode(thrown), message: errorMessage(thrown), type, account }),
    },
    deadlines,
  );
}
