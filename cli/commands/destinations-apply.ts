import { isApplied } from '#shared/destinations/destination-plan.ts';
import type { Arguments, Command, CommandContext, Report } from '../command.ts';
import { locked } from '../dead-letters/locked.ts';
import { applyPlan } from '../destinations/apply-plan.ts';
import { isConfirmed } from '../destinations/confirm.ts';
import { planDestinations } from '../destinations/plan-destinations.ts';
import { planText } from '../destinations/plan-text.ts';
import { readSettleMs, SETTLE_OPTION } from '../destinations/settle.ts';
import { STRIPE_OPTIONS } from '../destinations/stripe-key.ts';
import { type StripeSide, withStripe } from '../destinations/stripe-side.ts';
import { OperatorFault } from '../operator-fault.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { UsageError } from '../usage-error.ts';

/** `fanout destinations apply`: makes Stripe as the configuration says. */
export const destinationsApplyCommand: Command = {
  name: 'destinations apply',
  summary: 'Create, change and enable destinations at Stripe, and store their signing secrets. Deletes nothing.',
  usage: 'destinations apply',
  options: {
    yes: { type: 'boolean', help: 'Do not ask.' },
    ...SETTLE_OPTION,
    ...STRIPE_OPTIONS,
    ...TARGET_OPTIONS,
  },
  examples: ['destinations apply --stage prod', 'destinations apply --local --yes'],
  run(args, context) {
    if (args.positionals.length > 0) throw new UsageError('destinations apply takes options only.');
    const settleMs = readSettleMs(args);
    return withStripe(args, context, (side) => apply(side, settleMs, args, context));
  },
};

async function apply(side: StripeSide, settleMs: number, args: Arguments, context: CommandContext): Promise<Report> {
  const plan = await planDestinations(side, context.signal);
  const shown = planText(side.label, plan, context);
  const pending = plan.items.flatMap(({ changes }) => changes.filter(isApplied));
  const data = { target: side.target.label, account: side.account, mode: side.mode };
  if (pending.length === 0) {
    return { exitCode: 0, data: { ...data, done: true, changed: 0, ...plan }, text: `${shown}\n\nNothing to change.` };
  }
  if (!(await isConfirmed(args, shown, `Make these ${pending.length} changes at Stripe?`, context))) {
    const text = `${shown}\n\nNothing was changed: add --yes to do it.`;
    return { exitCode: 0, data: { ...data, done: false, changed: 0, ...plan }, text };
  }
  const left = await locked(side.lock, side.mode, 'destinations apply', context, async (hold) => {
    const now = await planDestinations(side, context.signal);
    if (JSON.stringify(now.items) !== JSON.stringify(plan.items)) {
      throw new OperatorFault(
        'changed_meanwhile',
        'Stripe’s destinations have changed since the plan was shown: run it again.',
      );
    }
    await applyPlan(side, now, settleMs, hold, context);
    return planDestinations(side, context.signal);
  });
  const open = left.items.flatMap(({ changes }) => changes.filter(isApplied));
  return {
    exitCode: open.length === 0 ? 0 : 1,
    data: { ...data, done: true, changed: pending.length, ...left },
    text: `${planText(side.label, left, context)}\n\n${pending.length} changes were made.`,
  };
}
