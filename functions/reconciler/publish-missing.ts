import { isThin } from '#shared/event/stripe-event.ts';
import { publishOnce } from '#shared/publishing/publish-once.ts';
import { reportArrival } from '#shared/publishing/report-arrival.ts';
import type { ExpectedEvent } from './expected-events.ts';
import type { ReconcilerPorts } from './ports.ts';

/** Events published at a time. */
const AT_A_TIME = 10;
/** Milliseconds that they have, and by when their ledger rows are settled: both before a claim's lease ends. */
const WORK_MS = 8_000;
const SETTLE_MS = 10_000;
/** Milliseconds that a claim of the reconciler lasts: so long a killed one keeps others from the event. */
export const CLAIM_MS = 15_000;

export interface PublishedMissing {
  /** On the bus now, by this. */
  readonly published: number;
  /** Somebody else has claimed them meanwhile: whether they come onto the bus is not known yet. */
  readonly inFlight: readonly ExpectedEvent[];
  /** For which no time was left. */
  readonly left: number;
}

/**
 * Publishes events through the claim that every way in takes, the oldest first.
 * @param mayGoOn asked before each few
 * @throws what `publishOnce` throws, once the others at the same time have ended
 */
export async function publishMissing(
  ports: ReconcilerPorts,
  missing: readonly ExpectedEvent[],
  mayGoOn: () => boolean,
): Promise<PublishedMissing> {
  const waiting = missing.toReversed();
  const inFlight: ExpectedEvent[] = [];
  let published = 0;
  while (waiting.length > 0) {
    if (!mayGoOn()) return { published, inFlight, left: waiting.length };
    const deadlines = { work: AbortSignal.timeout(WORK_MS), settle: AbortSignal.timeout(SETTLE_MS) };
    const settled = await Promise.allSettled(
      waiting.splice(0, AT_A_TIME).map(async (one) => {
        const run = await publishOnce(ports, one, arrivalOf(ports, one), 'reconciler', deadlines);
        if (run.outcome === 'in_progress') inFlight.push(one);
        else if (reportArrival(ports, one.event, run) === 'accepted') published += 1;
      }),
    );
    const failure = settled.find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
  }
  return { published, inFlight, left: 0 };
}

function arrivalOf({ clock }: ReconcilerPorts, { event, destination }: ExpectedEvent) {
  const receivedAt = new Date(clock.now()).toISOString();
  return { payload: isThin(event) ? 'thin' : 'snapshot', via: 'reconcile', destination, receivedAt } as const;
}
