import type { DestinationPlan, PlanItem } from '#shared/destinations/destination-plan.ts';
import { didYouMean } from '#shared/naming/nearest-name.ts';
import { OperatorFault } from '../operator-fault.ts';
import { UsageError } from '../usage-error.ts';

/** The one argument of a command about destinations: `account` for all of that name, `account/thin` for one. */
export function readSlot(positionals: readonly string[], command: string): string {
  const [slot, ...more] = positionals;
  if (slot === undefined || more.length > 0) {
    throw new UsageError(`${command} takes one destination: account for all of that name, or account/thin for one.`);
  }
  return slot;
}

/** @throws {OperatorFault} there is none of that name */
export function chosenItems({ items }: DestinationPlan, slot: string): readonly PlanItem[] {
  const chosen = items.filter(({ wanted }) => wanted.slot === slot || wanted.slot.startsWith(`${slot}/`));
  if (chosen.length > 0) return chosen;
  const slots = items.map(({ wanted }) => wanted.slot);
  throw new OperatorFault(
    'no_such_destination',
    `There is no destination ${slot}.${didYouMean(slot, slots)} Destinations: ${slots.join(', ')}.`,
  );
}
