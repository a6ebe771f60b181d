import type { Change, DestinationPlan, PlanItem } from '#shared/destinations/destination-plan.ts';
import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import { toMetadata } from '#shared/destinations/marks.ts';
import type { DestinationChange } from '#shared/destinations/stripe-destinations.ts';
import { MAX_DESTINATIONS } from '#shared/destinations/wanted-destination.ts';
import type { CommandContext } from '../command.ts';
import type { Hold } from '../dead-letters/locked.ts';
import { OperatorFault } from '../operator-fault.ts';
import { makeDestination, openDestination, unmakeDestination } from './make-destination.ts';
import { waitUntil } from './settle.ts';
import type { StripeSide } from './stripe-side.ts';

/**
 * Does what a plan says, but for rotations. What is new asks for next to nothing at first; when its secret has been
 * known everywhere for a while, it asks for all. Each step leaves a state that the next plan goes on from.
 * @param settleMs how long after a secret was stored every ingress knows it
 */
export async function applyPlan(
  side: StripeSide,
  plan: DestinationPlan,
  settleMs: number,
  hold: Hold,
  context: CommandContext,
): Promise<void> {
  assertRoom(plan);
  const unopened: (readonly [PlanItem, FoundDestination])[] = [];
  let knownAt = 0;
  for (const item of plan.items) {
    await hold.note({ moved: 0, inHand: [] });
    if (item.found !== undefined && has(item, 'open')) {
      unopened.push([item, item.found]);
      knownAt = Math.max(knownAt, item.found.created + settleMs);
    }
    if (item.found !== undefined && has(item, 'recreate')) {
      await unmakeDestination(side, item.wanted, item.found, context);
    }
    if (has(item, 'create') || has(item, 'recreate')) {
      unopened.push([item, await makeDestination(side, item.wanted, undefined, context)]);
      knownAt = Math.max(knownAt, context.now() + settleMs);
    }
  }
  await waitUntil(knownAt, 'waiting until every ingress knows the new secrets', hold, context);
  for (const [{ wanted }, found] of unopened) await openDestination(side, wanted, found, context);
  for (const item of plan.items) if (item.found !== undefined) await change(side, item, item.found, context);
}

function has({ changes }: PlanItem, kind: Change['kind']): boolean {
  return changes.some((one) => one.kind === kind);
}

/** Said before anything is done, for the last destination must not be the one that is refused. */
function assertRoom({ items, total }: DestinationPlan): void {
  const added = items.filter((item) => has(item, 'create')).length;
  if (total + added <= MAX_DESTINATIONS) return;
  throw new OperatorFault(
    'too_many_destinations',
    `Stripe allows ${MAX_DESTINATIONS} destinations in a mode. ${total} are there and ${added} are missing: delete some in Stripe, or declare fewer.`,
  );
}

/** What exists: our marks, its types and its URL in one request, then whether it is on. */
async function change(
  side: StripeSide,
  { wanted, changes }: PlanItem,
  found: FoundDestination,
  context: CommandContext,
): Promise<void> {
  const { installation, destinations } = side;
  const opened = new Date(context.now()).toISOString();
  const parts = changes.map((one): DestinationChange => {
    if (one.kind === 'adopt') return { metadata: toMetadata({ installation, slot: wanted.slot, opened }) };
    if (one.kind === 'types') return { enabledEvents: wanted.enabledEvents };
    return one.kind === 'url' ? { url: one.to } : {};
  });
  const all: DestinationChange = Object.assign({}, ...parts);
  if (Object.keys(all).length > 0) {
    context.progress(`${wanted.slot}: changing ${found.id}`);
    await destinations.update(found, all, context.signal);
  }
  if (changes.some(({ kind }) => kind === 'enable')) {
    context.progress(`${wanted.slot}: enabling ${found.id}`);
    await destinations.enable(found, context.signal);
  }
}
