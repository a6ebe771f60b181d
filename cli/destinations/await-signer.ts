import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import type { WantedDestination } from '#shared/destinations/wanted-destination.ts';
import type { CommandContext } from '../command.ts';
import type { Hold } from '../dead-letters/locked.ts';
import { OperatorFault } from '../operator-fault.ts';
import type { StripeSide } from './stripe-side.ts';

/** Milliseconds between two looks, and between two pings. */
const LOOK_EVERY_MS = 1_000;
const PING_EVERY_MS = 30_000;

/**
 * Waits until the ingress has taken a delivery that a destination's own secret signed. Where Stripe can be asked to send
 * one, it is: an account may be quiet for days.
 * @throws {OperatorFault} none came in time; nothing was taken away, and the same command goes on
 */
export async function awaitSigner(
  side: StripeSide,
  wanted: WantedDestination,
  found: FoundDestination,
  waitMs: number,
  hold: Hold,
  context: CommandContext,
): Promise<void> {
  const { destination, slot } = wanted;
  const fingerprint = (await side.secrets.read(context.signal)).fingerprintOf(found.id, destination);
  if (fingerprint === undefined) {
    throw new OperatorFault(
      'secret_missing',
      `The secret of ${found.id} was taken away meanwhile. Run the command again.`,
    );
  }
  const started = context.now();
  let pinged = Number.NEGATIVE_INFINITY;
  let canPing = true;
  for (;;) {
    if ((await side.signerSeenAt(destination, fingerprint)) !== undefined) return;
    const now = context.now();
    if (now - started > waitMs) break;
    if (canPing && now - pinged >= PING_EVERY_MS) {
      canPing = await side.destinations.ping(found, context.signal);
      pinged = now;
    }
    context.progress(`${slot}: waiting for a delivery of ${found.id}`);
    context.signal.throwIfAborted();
    await hold.note({ moved: 0, inHand: [] });
    await context.pause(LOOK_EVERY_MS);
  }
  throw new OperatorFault(
    'no_delivery',
    `No delivery of ${found.id} (${slot}) was taken within ${Math.round(waitMs / 1000)} s. Nothing was taken away. See in Stripe what its deliveries are answered, or wait for traffic; the same command goes on from here.`,
  );
}
