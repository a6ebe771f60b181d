import type { DestinationPlan } from '#shared/destinations/destination-plan.ts';
import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import type { CommandContext } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';
import { owedEvents } from './owed-events.ts';
import type { StripeSide } from './stripe-side.ts';

/** A destination that is to go, and what would be lost with it. */
export interface Removal {
  readonly found: FoundDestination;
  /** Name in the configuration; `undefined` of one that is not ours, whose secret is nobody's business here. */
  readonly destination: string | undefined;
  readonly slot: string;
  /** Events that are not on the bus and that only this destination would still bring. */
  readonly owed: readonly string[];
}

/**
 * Which destinations a name or an id means.
 * @param name an id of Stripe's; or `account`, or `account/thin`
 * @throws {OperatorFault} none
 */
export async function removalsOf(
  side: StripeSide,
  plan: DestinationPlan,
  name: string,
  context: CommandContext,
): Promise<readonly Removal[]> {
  const ours = plan.items.flatMap(({ wanted, found, twin }) =>
    [found, twin].flatMap((one) =>
      one === undefined ? [] : [{ found: one, destination: wanted.destination, slot: wanted.slot }],
    ),
  );
  const document = await side.secrets.read(context.signal);
  const owners = document.ownersIn(side.mode);
  const others = [...plan.surplus, ...plan.doubles].map((found) => ({
    found,
    destination: owners.find(({ id }) => id === found.id)?.destination,
    slot: found.name || found.id,
  }));
  const chosen = [...ours, ...others].filter(
    ({ found, slot }) => found.id === name || slot === name || slot.startsWith(`${name}/`),
  );
  if (chosen.length === 0) {
    throw new OperatorFault(
      'no_such_destination',
      `Stripe has no destination ${name} of this pipeline. fanout destinations status lists them.`,
    );
  }
  const removals: Removal[] = [];
  for (const one of chosen) {
    removals.push({ ...one, owed: await owedEvents(side, one.found, context.now(), context) });
  }
  return removals;
}

/** Switches a destination off, takes its secret away, and deletes it: in this order a killed command can be repeated. */
export async function remove(
  side: StripeSide,
  { found, destination }: Removal,
  context: CommandContext,
): Promise<void> {
  context.progress(`deleting ${found.id}`);
  await side.destinations.disable(found, context.signal);
  if (destination !== undefined) {
    const owner = { id: found.id, destination };
    await side.secrets.change((document) => document.without(owner), context.signal);
  }
  await side.destinations.remove(found, context.signal);
}
