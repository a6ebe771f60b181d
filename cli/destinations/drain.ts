import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import type { CommandContext } from '../command.ts';
import type { Hold } from '../dead-letters/locked.ts';
import { OperatorFault } from '../operator-fault.ts';
import { owedFetcher } from './fetch-owed.ts';
import { owedEvents, REPEATED_FOR_MS, stillOwed } from './owed-events.ts';
import type { StripeSide } from './stripe-side.ts';

/** Milliseconds between two looks at the ledger. */
const LOOK_EVERY_MS = 2_000;
/** What arose while the twin was being opened may have gone to the old one only. */
const MARGIN_MS = 10_000;

/**
 * Waits until a destination owes nothing of what arose before its twin was opened: Stripe tries again until it is on the
 * bus, and the reconciler fetches what is older than a quarter of an hour.
 * @param opened Unix milliseconds since when the twin gets the same events
 * @throws {OperatorFault} something is still owed; both destinations stay, and the same command goes on
 */
export async function drain(
  side: StripeSide,
  old: FoundDestination,
  opened: number,
  waitMs: number,
  hold: Hold,
  context: CommandContext,
): Promise<void> {
  const started = context.now();
  let owed = await owedEvents(side, old, opened + MARGIN_MS, context);
  const first = owed.length;
  const until = opened + MARGIN_MS;
  const fetchOwed = owedFetcher(side, until - REPEATED_FOR_MS[side.mode], until);
  while (owed.length > 0) {
    context.bar(`${old.id} still owes ${owed.length} events`, first - owed.length, first);
    if (context.now() - started > waitMs) throw stillOwing(old, owed, opened);
    context.signal.throwIfAborted();
    await hold.note({ moved: 0, inHand: [] });
    await fetchOwed(context.now());
    await context.pause(LOOK_EVERY_MS);
    owed = await stillOwed(side.published, owed, context.signal);
  }
}

function stillOwing(old: FoundDestination, owed: readonly string[], opened: number): OperatorFault {
  const until = new Date(opened + MARGIN_MS).toISOString();
  return new OperatorFault(
    'still_owed',
    `${old.id} still owes ${owed.length} events that arose before ${until}, such as ${owed[0]}. Both destinations stay, so nothing is lost: wait for Stripe to try again, or until they are a quarter of an hour old and can be fetched from its list; then run the same command again.`,
  );
}
