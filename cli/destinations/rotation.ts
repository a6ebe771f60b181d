import type { PlanItem } from '#shared/destinations/destination-plan.ts';
import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import { marksOf } from '#shared/destinations/marks.ts';
import { MAX_DESTINATIONS, type WantedDestination } from '#shared/destinations/wanted-destination.ts';
import type { CommandContext } from '../command.ts';
import type { Hold } from '../dead-letters/locked.ts';
import { OperatorFault } from '../operator-fault.ts';
import { awaitSigner } from './await-signer.ts';
import { drain } from './drain.ts';
import { makeDestination, openDestination, unmakeDestination } from './make-destination.ts';
import { retire } from './retire.ts';
import { waitUntil } from './settle.ts';
import type { StripeSide } from './stripe-side.ts';

export interface RotationOptions {
  /** Milliseconds after which every ingress knows a secret that was stored. */
  readonly settleMs: number;
  /** Milliseconds to wait for the first delivery of a twin, and for what the old one still owes. */
  readonly waitMs: number;
}

/** One destination on its way to another. */
interface Pair {
  readonly wanted: WantedDestination;
  readonly old: FoundDestination;
  readonly twin: FoundDestination;
}

/** What became of a destination. */
export interface Rotated {
  readonly slot: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Puts a twin in the place of each destination: with a secret and, where the configuration says so, an API version of
 * its own. Events come twice while both are there, and are published once. The old one goes when a delivery of the twin
 * has been taken and nothing that arose before is owed: deleting it ends Stripe's tries.
 *
 * Where a rotation stands is told by Stripe's destinations and the stored secrets alone. So a command that was killed,
 * or gave up waiting, is taken up by the next one.
 * @param total destinations that Stripe has in this mode
 */
export async function rotate(
  side: StripeSide,
  items: readonly PlanItem[],
  total: number,
  options: RotationOptions,
  hold: Hold,
  context: CommandContext,
): Promise<readonly Rotated[]> {
  const document = await side.secrets.read(context.signal);
  const isUsable = (twin: FoundDestination | undefined, { destination }: WantedDestination) =>
    twin !== undefined && document.fingerprintOf(twin.id, destination) !== undefined;
  const missing = items.filter(({ twin }) => twin === undefined);
  if (total + missing.length > MAX_DESTINATIONS) {
    throw new OperatorFault(
      'too_many_destinations',
      `${total} destinations are there and ${missing.length} twins are needed; Stripe allows ${MAX_DESTINATIONS}. Rotate one at a time, or delete some in Stripe.`,
    );
  }
  const pairs: Pair[] = [];
  for (const { wanted, found: old, twin } of items) {
    if (old === undefined) continue;
    await hold.note({ moved: 0, inHand: [] });
    if (twin !== undefined && isUsable(twin, wanted)) {
      pairs.push({ wanted, old, twin });
      continue;
    }
    if (twin !== undefined) await unmakeDestination(side, wanted, twin, context);
    pairs.push({ wanted, old, twin: await makeDestination(side, wanted, old.id, context) });
  }
  const knownAt = Math.max(...pairs.map(({ twin }) => twin.created)) + options.settleMs;
  await waitUntil(knownAt, 'waiting until every ingress knows the new secrets', hold, context);

  const opened = new Map<string, number>();
  for (const { wanted, twin } of pairs) {
    const before = marksOf(twin, side.installation)?.opened;
    if (before === undefined) await openDestination(side, wanted, twin, context);
    opened.set(twin.id, before === undefined ? context.now() : Date.parse(before));
  }
  for (const { wanted, twin } of pairs) await awaitSigner(side, wanted, twin, options.waitMs, hold, context);
  for (const { old, twin } of pairs) {
    await drain(side, old, opened.get(twin.id) ?? context.now(), options.waitMs, hold, context);
  }
  for (const { wanted, old, twin } of pairs) await retire(side, wanted, old, twin, context);
  return pairs.map(({ wanted, old, twin }) => ({ slot: wanted.slot, from: old.id, to: twin.id }));
}
