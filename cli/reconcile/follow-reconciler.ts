import type { Invoked } from '#functions/adapters/operator/invoke-function.ts';
import { isReconcileReport, type ReconcileReport } from '#shared/reconcile/reconcile-report.ts';
import type { CommandContext } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';

/** Milliseconds before the function is asked again, while another invocation, or whoever has an event, is at work. */
const PAUSE_MS = 2_000;
/** Invocations in a row that may fail: one that was killed, or met a throttled table, is no fault of the order's. */
const MAX_FAILURES = 3;

/**
 * Invokes the reconciler until all is compared. It keeps where it is, so nothing is lost by an invocation that dies.
 * @param goOn by which the person takes it up after stopping it
 * @returns the last report, with what every invocation named
 * @throws {OperatorFault} stopped, or it fails time and again
 */
export async function followReconciler(
  invoke: () => Promise<Invoked>,
  goOn: string,
  context: CommandContext,
): Promise<ReconcileReport> {
  const suchAs = new Set<string>();
  let failures = 0;
  for (;;) {
    if (context.signal.aborted) {
      throw new OperatorFault('stopped', `Stopped. What was published is published; ${goOn} goes on from here.`);
    }
    const invoked = await invoke();
    if (invoked.outcome === 'failed') {
      failures += 1;
      if (failures === MAX_FAILURES) {
        throw new OperatorFault(
          'reconciler_fails',
          `The reconciler fails: ${invoked.what}. ${goOn} goes on from here.`,
        );
      }
      await context.pause(PAUSE_MS);
      continue;
    }
    const report = invoked.value;
    if (!isReconcileReport(report)) {
      throw new OperatorFault('other_version', 'The deployed reconciler is of another version: deploy this one first.');
    }
    failures = 0;
    for (const id of report.suchAs) suchAs.add(id);
    if (report.outcome === 'done') return { ...report, suchAs: [...suchAs] };
    if (report.outcome === 'busy') context.progress('another invocation is at work on the same, waiting');
    else context.bar(`${report.looked} events, ${report.missing} missing; lists`, report.lists, report.listsOf);
    await context.pause(PAUSE_MS);
  }
}
