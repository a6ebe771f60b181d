import type { DestinationPlan, PlanItem } from '#shared/destinations/destination-plan.ts';
import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import { listEvents } from '#shared/stripe/list-events.ts';
import type { Command, CommandContext } from '../command.ts';
import { planDestinations, secretState } from '../destinations/plan-destinations.ts';
import { STRIPE_OPTIONS } from '../destinations/stripe-key.ts';
import { type StripeSide, withStripe } from '../destinations/stripe-side.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { table } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';

/** Younger events are on their way. */
const ON_THE_WAY_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

/** `fanout destinations status`: what Stripe has, and whether it delivers. */
export const destinationsStatusCommand: Command = {
  name: 'destinations status',
  summary: 'Show the destinations at Stripe: on or off, event types, API version, secret, events not delivered.',
  usage: 'destinations status',
  options: { ...STRIPE_OPTIONS, ...TARGET_OPTIONS },
  examples: ['destinations status --stage prod', 'destinations status --local'],
  run(args, context) {
    if (args.positionals.length > 0) throw new UsageError('destinations status takes options only.');
    return withStripe(args, context, async (side) => {
      const [plan, rows, undelivered] = await statusOf(side, context);
      const waiting =
        undelivered === undefined
          ? 'How many snapshots are not delivered cannot be told: the key may not read events.'
          : `Snapshots of the last day that some endpoint of the account has not taken after 15 minutes: ${undelivered}.`;
      return {
        exitCode: 0,
        data: { target: side.target.label, account: side.account, mode: side.mode, destinations: rows, undelivered },
        text: [side.label, `${plan.total} destinations are there.`, '', tableOf(rows, context), '', waiting].join('\n'),
      };
    });
  },
};

interface Row {
  readonly slot: string;
  readonly id: string;
  readonly state: string;
  readonly types: string;
  readonly apiVersion: string;
  readonly secret: string;
}

async function statusOf(side: StripeSide, context: CommandContext) {
  const { signal } = context;
  const [plan, document] = await Promise.all([planDestinations(side, signal), side.secrets.read(signal)]);
  const row = (slot: string, found: FoundDestination, destination: string, wanted: number): Row => ({
    slot,
    id: found.id,
    state: found.isEnabled ? 'enabled' : `disabled (${found.disabledReason ?? 'unknown'})`,
    types: `${found.enabledEvents.length} of ${wanted}`,
    apiVersion: found.apiVersion ?? '',
    secret: secretState(document, found, destination),
  });
  const rows = plan.items.flatMap(({ wanted, found, twin }: PlanItem): Row[] => {
    const { slot, destination, enabledEvents } = wanted;
    const both = [found, twin].filter((one) => one !== undefined);
    if (both.length === 0) return [{ slot, id: 'missing', state: '', types: '', apiVersion: '', secret: '' }];
    return both.map((one) => row(slot, one, destination, enabledEvents.length));
  });
  const others = [...plan.surplus, ...plan.doubles].map((one) => row(one.name || 'not ours', one, '', 0));
  return [plan, [...rows, ...others], await undeliveredOf(side, plan, context)] as const;
}

/** @returns a count, with a plus when there are more; `undefined` where the key may not ask */
async function undeliveredOf(side: StripeSide, { items }: DestinationPlan, { now, signal }: CommandContext) {
  if (!items.some(({ wanted }) => wanted.payload === 'snapshot')) return '0';
  const list = {
    payload: 'snapshot',
    livemode: side.mode === 'live',
    from: now() - DAY_MS,
    to: now() - ON_THE_WAY_MS,
    undelivered: true,
  } as const;
  const page = await listEvents(side.stripe, list, undefined, signal).catch(() => undefined);
  return page && `${page.events.length}${page.next === undefined ? '' : '+'}`;
}

function tableOf(rows: readonly Row[], { paint, width }: CommandContext): string {
  const title = ['destination', 'id', 'state', 'event types', 'API version', 'secret'].map((name) =>
    paint('bold', name),
  );
  return table([title, ...rows.map((row) => Object.values(row))], Math.max(width, 120));
}
