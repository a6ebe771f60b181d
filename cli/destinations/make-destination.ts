import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import { type Marks, toMetadata } from '#shared/destinations/marks.ts';
import { starterTypes } from '#shared/destinations/starter-types.ts';
import type { WantedDestination } from '#shared/destinations/wanted-destination.ts';
import { secretFingerprint } from '#shared/signature/secret-fingerprint.ts';
import type { CommandContext } from '../command.ts';
import type { StripeSide } from './stripe-side.ts';

/**
 * Makes a destination that asks for next to nothing, and stores its secret. A crash in between loses the secret and
 * nothing else: the next command finds a destination that was never opened and has no secret, and makes it anew.
 * @param replaces id of the one whose twin it is
 */
export async function makeDestination(
  side: StripeSide,
  wanted: WantedDestination,
  replaces: string | undefined,
  context: CommandContext,
): Promise<FoundDestination> {
  const marks: Marks = { installation: side.installation, slot: wanted.slot, ...(replaces && { replaces }) };
  context.progress(`${wanted.slot}: creating it`);
  const { found, secret } = await side.destinations.create(
    {
      wanted,
      name: `stripe-fanout ${side.target.stage}: ${wanted.slot}`,
      enabledEvents: starterTypes(wanted),
      metadata: toMetadata(marks),
    },
    context.signal,
  );
  const owner = { id: found.id, destination: wanted.destination, mode: side.mode };
  // From here on the secret would be lost with this process: no wish to stop is heard until it is stored.
  await side.secrets.change((document) => {
    const stored = document.with(owner, secret);
    return replaces === undefined ? stored : stored.awaiting(secretFingerprint(secret));
  }, new AbortController().signal);
  return found;
}

/** Asks for all its types, and writes down since when. */
export async function openDestination(
  side: StripeSide,
  wanted: WantedDestination,
  found: FoundDestination,
  context: CommandContext,
): Promise<void> {
  context.progress(`${wanted.slot}: asking for ${wanted.enabledEvents.length} event types`);
  const metadata = toMetadata({ opened: new Date(context.now()).toISOString() });
  await side.destinations.update(found, { enabledEvents: wanted.enabledEvents, metadata }, context.signal);
}

/** Takes away a destination that was never opened, and what is stored of it. */
export async function unmakeDestination(
  side: StripeSide,
  wanted: WantedDestination,
  found: FoundDestination,
  context: CommandContext,
): Promise<void> {
  context.progress(`${wanted.slot}: deleting ${found.id}`);
  await side.destinations.remove(found, context.signal);
  const owner = { id: found.id, destination: wanted.destination };
  await side.secrets.change((document) => document.without(owner), context.signal);
}
