import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import type { WantedDestination } from '#shared/destinations/wanted-destination.ts';
import type { CommandContext } from '../command.ts';
import type { StripeSide } from './stripe-side.ts';

/** Milliseconds for the deliveries that are on their way when a destination is switched off. */
const ON_THEIR_WAY_MS = 2_000;

/**
 * Takes away a destination whose work another one does: first Stripe stops trying, then its secret goes, then it is
 * deleted. Until the last step Stripe still tells whose secret it was, so that a killed command can be taken up.
 */
export async function retire(
  side: StripeSide,
  wanted: WantedDestination,
  old: FoundDestination,
  twin: FoundDestination,
  context: CommandContext,
): Promise<void> {
  const { destination } = wanted;
  context.progress(`${wanted.slot}: deleting ${old.id}`);
  await side.destinations.disable(old, context.signal);
  await context.pause(ON_THEIR_WAY_MS);
  await side.secrets.change((document) => {
    const awaited = document.fingerprintOf(twin.id, destination);
    const without = document.without({ id: old.id, destination });
    return awaited === undefined ? without : without.awaitingNoLonger(awaited);
  }, context.signal);
  await side.destinations.remove(old, context.signal);
}
