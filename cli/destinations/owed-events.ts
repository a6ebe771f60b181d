import { asksFor } from '#shared/destinations/asks-for.ts';
import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import type { PublishedEvents } from '#shared/ports/published-events.ts';
import { listAccounts } from '#shared/stripe/list-accounts.ts';
import { listEvents } from '#shared/stripe/list-events.ts';
import type { CommandContext } from '../command.ts';
import type { StripeSide } from './stripe-side.ts';

/** Milliseconds for which Stripe repeats a delivery: three days in live mode, hours in test mode. */
export const REPEATED_FOR_MS = { live: 3 * 86_400_000, test: 86_400_000 } as const;

/**
 * What a destination may still owe: events of its types that arose until some moment and are not on the bus. Of
 * snapshots Stripe says which it has not delivered; of thin events it does not, so all are looked at.
 *
 * Nothing is added to what arose until a moment that has passed: the ids are listed once, and then only looked up.
 * @param until Unix milliseconds
 */
export async function owedEvents(
  side: StripeSide,
  found: FoundDestination,
  until: number,
  context: CommandContext,
): Promise<readonly string[]> {
  const candidates: string[] = [];
  for (const account of await accountsOf(side, found, context.signal)) {
    const list = {
      payload: found.payload,
      livemode: side.mode === 'live',
      account,
      from: until - REPEATED_FOR_MS[side.mode],
      to: until,
      undelivered: true,
    };
    let at: string | undefined;
    do {
      const page = await listEvents(side.stripe, list, at, context.signal);
      candidates.push(...page.events.filter(({ event }) => asksFor(found, event.type)).map(({ event }) => event.id));
      context.progress(`${found.id}: ${candidates.length} events looked at`);
      at = page.next;
    } while (at !== undefined);
  }
  return stillOwed(side.published, candidates, context.signal);
}

/** Those of the events that are still not on the bus. */
export async function stillOwed(
  published: PublishedEvents,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const standings = await published.standings(ids, signal);
  return [...new Set(ids)].filter((id) => standings.get(id) !== 'published');
}

async function accountsOf(side: StripeSide, { accounts }: FoundDestination, signal: AbortSignal) {
  if (accounts !== 'connected') return [undefined];
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await listAccounts(side.stripe, side.mode === 'live', after, signal);
    ids.push(...page.ids);
    after = page.next;
  } while (after !== undefined);
  return ids;
}
