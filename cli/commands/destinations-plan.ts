import type { Command } from '../command.ts';
import { planDestinations } from '../destinations/plan-destinations.ts';
import { planText } from '../destinations/plan-text.ts';
import { STRIPE_OPTIONS } from '../destinations/stripe-key.ts';
import { withStripe } from '../destinations/stripe-side.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { UsageError } from '../usage-error.ts';

/** `fanout destinations plan`: what apply would change at Stripe. */
export const destinationsPlanCommand: Command = {
  name: 'destinations plan',
  summary: 'Show how Stripe differs from infra/config.ts: destinations, event types, API version, URL.',
  usage: 'destinations plan',
  options: { ...STRIPE_OPTIONS, ...TARGET_OPTIONS },
  examples: ['destinations plan --stage prod', 'destinations plan --local'],
  run(args, context) {
    if (args.positionals.length > 0) throw new UsageError('destinations plan takes options only.');
    return withStripe(args, context, async (side) => {
      const plan = await planDestinations(side, context.signal);
      return {
        exitCode: 0,
        data: { target: side.target.label, account: side.account, mode: side.mode, ...plan },
        text: planText(side.label, plan, context),
      };
    });
  },
};
