import type { Deadlines, RunOnce } from '../ledger/run-once.ts';
import type { EventText, Published } from './publish.ts';
import { type Arrival, type PublishOncePorts, publishOnce } from './publish-once.ts';

/** Longest wait for an event that is in flight elsewhere, and the pause between two looks, in milliseconds. */
const WAIT_MS = 1_000;
const LOOK_EVERY_MS = 125;

export interface PublishOrWaitPorts extends PublishOncePorts {
  /** Waits between looks at an event that is in flight elsewhere. */
  sleep(ms: number): Promise<void>;
}

/**
 * Publishes an event that came in, or waits a little for whoever is doing so: most duplicates come while the first is
 * in flight.
 * @throws {LedgerUnavailable | PublishFailed | PublishUnknown | PayloadStoreUnavailable}
 */
export async function publishOrWait(
  ports: PublishOrWaitPorts,
  read: EventText,
  arrival: Arrival,
  failedUnder: string,
  deadlines: Deadlines,
): Promise<RunOnce<Published>> {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const run = await publishOnce(ports, read, arrival, failedUnder, deadlines);
    if (run.outcome !== 'in_progress' || waited >= WAIT_MS || deadlines.work.aborted) return run;
    await ports.sleep(LOOK_EVERY_MS);
  }
}
