import { isRefusal } from '#shared/destinations/list-destinations.ts';
import type { ReconcileOrder } from '#shared/reconcile/reconcile-order.ts';
import { NOTHING_COUNTED, type ReconcileReport } from '#shared/reconcile/reconcile-report.ts';
import { failedList } from './failed-list.ts';
import { findLists } from './find-lists.ts';
import { Job, JobTaken } from './job.ts';
import type { ReconcilerPorts } from './ports.ts';
import { type ListEnd, reconcileList } from './reconcile-list.ts';
import { jobOf, progressOf, roundOf } from './round.ts';
import { type WorkTime, workTime } from './work-time.ts';

/** Ids that a report names. */
const NAMED = 20;

/**
 * Compares Stripe's own lists of events with the ledger, and publishes what is missing. One invocation does as much as it
 * has time for; the next one goes on from there.
 * @param order what a command asks for; none for the schedule
 * @param remainingMs until Lambda's timeout
 * @throws when ledger, bus or secret do not answer: where it was is kept
 */
export async function reconcile(
  ports: ReconcilerPorts,
  order: ReconcileOrder | undefined,
  remainingMs: number,
): Promise<ReconcileReport> {
  const { progress, clock, newId } = ports;
  const time = workTime(clock, remainingMs, order && order.seconds * 1_000);
  const [id, owner] = [jobOf(order), newId()];
  const held = await progress.take(id, owner, time.work);
  if (held === undefined) return report({ outcome: 'busy' });
  const round = roundOf(held.round, order, clock.now(), newId());
  if (round === undefined) {
    await progress.release(id, owner, held, time.settle);
    return report({ outcome: 'idle' });
  }
  try {
    const job = await Job.open(progress, { id, owner, round }, held.current, time.work);
    return await compareAll(ports, order, job, time);
  } catch (error) {
    if (!(error instanceof JobTaken)) throw error;
    return report({ outcome: 'busy' });
  }
}

async function compareAll(
  ports: ReconcilerPorts,
  order: ReconcileOrder | undefined,
  job: Job,
  time: WorkTime,
): Promise<ReconcileReport> {
  const { clock, telemetry } = ports;
  const { lists, failed: unlisted, withoutKey } = await findLists(ports, order, job.known, time.work);
  const failed = [...unlisted];
  const suchAs: string[] = [];
  const found = (ids: readonly string[]) => void suchAs.push(...ids.slice(0, NAMED - suchAs.length));
  const ends: (ListEnd | 'failed' | 'refused')[] = [];
  for (const list of lists) {
    if (job.isDone(list.name)) continue;
    const begun = progressOf(list, job.round, order, job.known.get(list.name), clock.now());
    const end = await reconcileList(ports, list, begun, { job, time, dryRun: order?.dryRun === true, found }).catch(
      (error: unknown) => {
        // What it was doing when its time ended has not failed.
        if (time.work.aborted) return 'unfinished' as const;
        // Where API v2 may not be used, Stripe announces nothing by it.
        if (list.isOfLost === true && isRefusal(error)) return 'refused' as const;
        failed.push(failedList(list.name, error));
        return 'failed' as const;
      },
    );
    ends.push(end);
    if (end === 'unfinished') break;
  }
  for (const one of failed) telemetry.log('error', 'not compared', { ...one });
  const isOver = !ends.some((end) => end === 'again' || end === 'unfinished');
  const now = clock.now();
  const ended = { ...job.round, endedAt: now, lists: lists.length, ...(failed.length === 0 && { completeAt: now }) };
  await job.release(isOver ? ended : job.round, time.settle);
  const done = lists.filter(({ name }) => job.isDone(name)).length;
  const told = report({
    outcome: isOver ? 'done' : 'more',
    ...job.counts,
    lists: done,
    listsOf: lists.length,
    failed,
    withoutKey,
    suchAs,
  });
  const { suchAs: _, failed: __, ...counted } = told;
  telemetry.log('info', 'reconciled', { job: order === undefined ? 'schedule' : 'command', ...counted });
  return told;
}

function report(told: Partial<ReconcileReport> & Pick<ReconcileReport, 'outcome'>): ReconcileReport {
  return { ...NOTHING_COUNTED, lists: 0, listsOf: 0, failed: [], withoutKey: [], suchAs: [], ...told };
}
