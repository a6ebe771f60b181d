import { GENERATION_FAILURE } from '#shared/destinations/wanted-types.ts';
import { StripeNotFound, StripeRequestRefused } from '#shared/errors/stripe-errors.ts';
import { createdMs, isThin } from '#shared/event/stripe-event.ts';
import type { ListProgress } from '#shared/ports/reconcile-progress.ts';
import { addCounts } from '#shared/reconcile/reconcile-report.ts';
import { type EventPage, listEvents } from '#shared/stripe/list-events.ts';
import { type ExpectedEvent, expectedEvents } from './expected-events.ts';
import type { Job } from './job.ts';
import type { List } from './list.ts';
import { lostEvents } from './lost-events.ts';
import type { ReconcilerPorts } from './ports.ts';
import { CLAIM_MS, publishMissing } from './publish-missing.ts';
import type { WorkTime } from './work-time.ts';

/** How comparing a list ended; `again`: once what is in flight elsewhere has come to its end. */
export type ListEnd = 'done' | 'again' | 'unfinished';

export interface Comparing {
  readonly job: Job;
  readonly time: WorkTime;
  readonly dryRun: boolean;
  /** Told of events that were missing. */
  found(ids: readonly string[]): void;
}

/** Ids that a log line lists. */
const NAMED = 5;

/**
 * Compares a list with the ledger, page by page from the newest on, and publishes what is missing. How far it is, is
 * written after each page: a page of which some events were published and nothing written is looked at again, and the
 * ledger knows them.
 * @throws as `StripeApi`, and what publishing throws
 */
export async function reconcileList(
  ports: ReconcilerPorts,
  list: List,
  begun: ListProgress,
  { job, time, dryRun, found }: Comparing,
): Promise<ListEnd> {
  let progress = begun;
  if (progress.notBefore !== undefined && ports.clock.now() < progress.notBefore) return 'again';
  for (let pages = 0; ; pages += 1) {
    if (!time.mayGoOn()) return 'unfinished';
    const page = await nextPage(ports, list, progress, pages === 0, time.work);
    const expected =
      list.isOfLost === true
        ? await lostEvents(ports, page.events, list, time.work)
        : expectedEvents(page.events, list);
    const standings = await ports.published.standings(
      expected.map(({ event }) => event.id),
      time.work,
    );
    const missing = expected.filter(({ event }) => standings.get(event.id) === 'missing');
    const otherVersion = missing.filter((one) => isOfOtherVersion(ports, one)).length;
    if (missing.length > 0) {
      found(missing.map(({ event }) => event.id));
      tell(ports, list, missing, otherVersion, dryRun);
    }
    const { published, inFlight, left } = dryRun
      ? { published: 0, inFlight: [], left: 0 }
      : await publishMissing(ports, missing, time.mayGoOn);

    const flying = dryRun
      ? []
      : [...inFlight, ...expected.filter(({ event }) => standings.get(event.id) === 'in flight')];
    const isWhole = left === 0;
    const counts = addCounts(progress.counts, {
      looked: isWhole && progress.notBefore === undefined ? expected.length : 0,
      missing: missing.length - left,
      published,
      otherVersion: isWhole ? otherVersion : 0,
      unreadable: isWhole ? page.unreadable : 0,
    });
    progress = withFlying({ ...progress, counts, ...newestOf(progress, page) }, flying);
    if (!isWhole) {
      await job.save(progress, time.work);
      return 'unfinished';
    }
    if (page.next === undefined) return end(job, progress, ports.clock.now(), time.work);
    progress = { ...progress, at: page.next };
    await job.save(progress, time.work);
  }
}

/** A cursor that was kept for long may be forgotten at Stripe: then the list is begun again, which publishes nothing twice. */
async function nextPage(
  { stripe }: ReconcilerPorts,
  { mode, payload, account, isOfLost }: List,
  { from, to, at }: ListProgress,
  isKept: boolean,
  signal: AbortSignal,
): Promise<EventPage> {
  const types = isOfLost === true ? [GENERATION_FAILURE] : undefined;
  const asked = { payload, livemode: mode === 'live', account, from, to, types };
  return listEvents(stripe, asked, at, signal).catch((error: unknown) => {
    const isForgotten = error instanceof StripeNotFound || error instanceof StripeRequestRefused;
    if (!isKept || at === undefined || !isForgotten) throw error;
    return listEvents(stripe, asked, undefined, signal);
  });
}

/** Written before anything is published: what then dies has told of it. */
function tell(
  { telemetry }: ReconcilerPorts,
  { name: list }: List,
  missing: readonly ExpectedEvent[],
  otherVersion: number,
  dryRun: boolean,
): void {
  const suchAs = missing.slice(0, NAMED).map(({ event }) => event.id);
  telemetry.log('warn', 'gap found', { list, missing: missing.length, otherVersion, suchAs, dryRun });
  if (dryRun) return;
  telemetry.count('GapFound', missing.length);
  if (otherVersion > 0) telemetry.count('OtherApiVersion', otherVersion);
  telemetry.flush();
}

function isOfOtherVersion({ configuration }: ReconcilerPorts, { event }: ExpectedEvent): boolean {
  return !isThin(event) && event.api_version !== configuration.apiVersion;
}

function newestOf({ newest }: ListProgress, { events }: EventPage): Pick<ListProgress, 'newest'> {
  const times = [...events.map(({ event }) => createdMs(event)), ...(newest === undefined ? [] : [newest])];
  return times.length === 0 ? {} : { newest: Math.max(...times) };
}

function withFlying(progress: ListProgress, flying: readonly ExpectedEvent[]): ListProgress {
  if (flying.length === 0) return progress;
  const times = flying.map(({ event }) => createdMs(event));
  const { from = Infinity, to = 0 } = progress.inFlight ?? {};
  return { ...progress, inFlight: { from: Math.min(from, ...times), to: Math.max(to, ...times) } };
}

async function end(job: Job, progress: ListProgress, now: number, signal: AbortSignal): Promise<ListEnd> {
  const { inFlight, at: _, ...rest } = progress;
  if (inFlight === undefined) {
    await job.put({ ...rest, isDone: true, until: job.round.to }, signal);
    return 'done';
  }
  await job.put({ ...rest, ...inFlight, notBefore: now + CLAIM_MS }, signal);
  return 'again';
}
