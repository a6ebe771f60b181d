import type { Arguments, Command, CommandContext, Report } from '../command.ts';
import { locked } from '../dead-letters/locked.ts';
import { readSlot } from '../destinations/chosen-items.ts';
import { isConfirmed } from '../destinations/confirm.ts';
import { planDestinations } from '../destinations/plan-destinations.ts';
import { type Removal, removalsOf, remove } from '../destinations/remove-destinations.ts';
import { STRIPE_OPTIONS } from '../destinations/stripe-key.ts';
import { type StripeSide, withStripe } from '../destinations/stripe-side.ts';
import { OperatorFault } from '../operator-fault.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';

/** `fanout destinations remove`: deletes destinations at Stripe, and what is stored of them. */
export const destinationsRemoveCommand: Command = {
  name: 'destinations remove',
  summary: 'Delete a destination at Stripe and its secret; refuses while events are owed, for deleting ends all tries.',
  usage: 'destinations remove <destination or id>',
  options: {
    yes: { type: 'boolean', help: 'Do not ask.' },
    'although-owing': { type: 'boolean', help: 'Delete it although Stripe has events for it that are not on the bus.' },
    ...STRIPE_OPTIONS,
    ...TARGET_OPTIONS,
  },
  examples: ['destinations remove ed_61RkExample --stage prod', 'destinations remove connect --local --yes'],
  run(args, context) {
    const name = readSlot(args.positionals, 'destinations remove');
    return withStripe(args, context, (side) => removeNamed(side, name, args, context));
  },
};

async function removeNamed(side: StripeSide, name: string, args: Arguments, context: CommandContext): Promise<Report> {
  const plan = await planDestinations(side, context.signal);
  const removals = await removalsOf(side, plan, name, context);
  const shown = [side.label, '', ...removals.map(lineOf)].join('\n');
  const data = { target: side.target.label, account: side.account, mode: side.mode, removals: removals.map(dataOf) };
  const owed = removals.reduce((sum, one) => sum + one.owed.length, 0);
  if (owed > 0 && args.values['although-owing'] !== true) {
    throw new OperatorFault(
      'still_owed',
      `${shown}\n\nNothing was deleted: ${owed} events are not on the bus yet, and deleting ends Stripe's tries. Wait, or fetch them with fanout reconcile --since 3d; or say --although-owing.`,
    );
  }
  if (!(await isConfirmed(args, shown, `Delete ${removals.length} destinations at Stripe?`, context))) {
    return {
      exitCode: 0,
      data: { ...data, done: false },
      text: `${shown}\n\nNothing was deleted: add --yes to do it.`,
    };
  }
  await locked(side.lock, side.mode, 'destinations remove', context, async (hold) => {
    for (const one of removals) {
      await hold.note({ moved: 0, inHand: [] });
      await remove(side, one, context);
    }
  });
  return {
    exitCode: 0,
    data: { ...data, done: true },
    text: `${shown}\n\n${removals.length} destinations were deleted.`,
  };
}

function lineOf({ found, slot, owed, destination }: Removal): string {
  const secret = destination === undefined ? '; its secret is not kept here' : '';
  return `[-] ${found.id} (${slot}), which owes ${owed.length} events${secret}`;
}

function dataOf({ found, slot, owed }: Removal) {
  return { id: found.id, slot, owed: owed.length };
}
