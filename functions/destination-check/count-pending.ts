import { asksFor } from '#shared/destinations/asks-for.ts';
import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import type { Mode } from '#shared/destinations/stripe-configuration.ts';
import { listEvents } from '#shared/stripe/list-events.ts';
import type { DestinationCheckPorts } from './ports.ts';

/** Younger events may still be on their way: Stripe's first tries are within the hour. */
const YOUNGEST_MS = 3_600_000;
/** Stripe tries for three days. */
const OLDEST_MS = 3 * 86_400_000;
/** Pages of a hundred that are looked at: more would say the same, and cost requests in the middle of an outage. */
const MAX_PAGES = 10;

/**
 * Snapshots of the own account that Stripe has not delivered for more than an hour and that are not on the bus. Of thin
 * events Stripe does not say it, and connected accounts would have to be asked one by one: neither is counted.
 */
export async function countPending(
  { stripe, published, telemetry, clock }: DestinationCheckPorts,
  mode: Mode,
  destinations: readonly FoundDestination[],
  signal: AbortSignal,
): Promise<number> {
  const own = destinations.filter(({ accounts }) => accounts !== 'connected');
  if (own.length === 0) return 0;
  const list = {
    payload: 'snapshot',
    livemode: mode === 'live',
    from: clock.now() - OLDEST_MS,
    to: clock.now() - YOUNGEST_MS,
    undelivered: true,
  } as const;
  const ids: string[] = [];
  let at: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await listEvents(stripe, list, at, signal);
    ids.push(
      ...page.events.filter(({ event }) => own.some((one) => asksFor(one, event.type))).map(({ event }) => event.id),
    );
    at = page.next;
    if (at === undefined) break;
  }
  const standings = await published.standings(ids, signal);
  const pending = ids.filter((id) => standings.get(id) !== 'published');
  if (pending.length > 0) {
    telemetry.log('error', 'deliveries pending', { mode, pending: pending.length, suchAs: pending.slice(0, 5) });
  }
  return pending.length;
}
