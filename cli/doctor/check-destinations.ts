import { driftOf } from '#shared/destinations/drift.ts';
import type { CommandContext } from '../command.ts';
import { planDestinations } from '../destinations/plan-destinations.ts';
import { stripeSide } from '../destinations/stripe-side.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, ok, warn } from './finding.ts';

const CHECK = 'destinations';

/** What the destination check would find at Stripe now, for who has a Stripe key at hand. */
export async function checkDestinations(target: Target, context: CommandContext): Promise<Finding[]> {
  if (!target.isLocal && !context.env.STRIPE_API_KEY) {
    return [ok(CHECK, 'Not looked at: with a Stripe key in STRIPE_API_KEY they would be.')];
  }
  const side = await stripeSide({ positionals: [], values: {} }, context, target);
  const plan = await planDestinations(side, AbortSignal.timeout(30_000));
  const connected = plan.items.filter(({ found }) => found !== undefined);
  if (connected.length === 0) {
    return [
      ok(
        CHECK,
        `Stripe has none of this pipeline in ${side.mode} mode: fanout destinations apply ${target.option} makes them.`,
      ),
    ];
  }
  const drifts = driftOf(plan, side.installation).map(({ slot, kind, what, repair }) => {
    const sentence = `${slot} ${what} (${side.mode} mode).`;
    return kind === 'off'
      ? error(CHECK, sentence, `${repair} ${target.option}`)
      : warn(CHECK, sentence, `${repair} ${target.option}`);
  });
  const doubles = plan.doubles.map(({ id, url }) =>
    warn(
      CHECK,
      `${id} posts to ${url} as well: its events come twice.`,
      `fanout destinations remove ${id} ${target.option}`,
    ),
  );
  const found = [...drifts, ...doubles];
  return found.length > 0
    ? found
    : [ok(CHECK, `${connected.length} are at Stripe as configured, in ${side.mode} mode.`)];
}
