import { readAge } from '../arguments/read-arguments.ts';
import type { Arguments, Command, CommandContext, Report } from '../command.ts';
import { locked } from '../dead-letters/locked.ts';
import { chosenItems, readSlot } from '../destinations/chosen-items.ts';
import { isConfirmed } from '../destinations/confirm.ts';
import { planDestinations } from '../destinations/plan-destinations.ts';
import { rollSecret } from '../destinations/roll-secret.ts';
import { type RotationOptions, rotate } from '../destinations/rotation.ts';
import { readSettleMs, SETTLE_OPTION } from '../destinations/settle.ts';
import { STRIPE_OPTIONS } from '../destinations/stripe-key.ts';
import { type StripeSide, withStripe } from '../destinations/stripe-side.ts';
import { OperatorFault } from '../operator-fault.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { UsageError } from '../usage-error.ts';

/** Long enough for Stripe's next tries after an outage, and for a person to wait. */
const DEFAULT_WAIT_MS = 3_600_000;

/** `fanout destinations rotate`: a new secret, and whatever else Stripe fixes, without an event refused or lost. */
export const destinationsRotateCommand: Command = {
  name: 'destinations rotate',
  summary: 'Put a twin with a new secret (and API version) in the place of a destination; nothing is refused or lost.',
  usage: 'destinations rotate <destination>',
  options: {
    yes: { type: 'boolean', help: 'Do not ask.' },
    'secret-stdin': {
      type: 'boolean',
      help: 'Keep the destination, and take the secret that was rolled in Stripe from standard input.',
    },
    wait: {
      type: 'string',
      value: 'TIME',
      help: 'How long to wait for the first delivery, and for what is owed (default 1h).',
    },
    ...SETTLE_OPTION,
    ...STRIPE_OPTIONS,
    ...TARGET_OPTIONS,
  },
  examples: [
    'destinations rotate account --stage prod',
    'destinations rotate account/snapshot --stage prod --yes --wait 4h',
    'destinations rotate account/thin --stage prod --secret-stdin < rolled-secret',
  ],
  run(args, context) {
    const slot = readSlot(args.positionals, 'destinations rotate');
    const options = { settleMs: readSettleMs(args), waitMs: readAge(args, 'wait') ?? DEFAULT_WAIT_MS };
    const isRolled = args.values['secret-stdin'] === true;
    if (isRolled && args.values['key-stdin'] === true) {
      throw new UsageError('Standard input holds one thing: give the Stripe key in STRIPE_API_KEY.');
    }
    return withStripe(args, context, (side) =>
      isRolled ? roll(side, slot, options, context) : replace(side, slot, options, args, context),
    );
  },
};

async function roll(
  side: StripeSide,
  slot: string,
  { waitMs }: RotationOptions,
  context: CommandContext,
): Promise<Report> {
  const items = chosenItems(await planDestinations(side, context.signal), slot);
  const [item, ...more] = items;
  if (item === undefined || more.length > 0) {
    const slots = items.map(({ wanted }) => wanted.slot).join(' or ');
    throw new OperatorFault('which_destination', `A secret belongs to one destination: say ${slots}.`);
  }
  const secret = (await context.readFile('-')).trim();
  const strangers = await locked(side.lock, side.mode, 'destinations rotate', context, (hold) =>
    rollSecret(side, item, secret, waitMs, hold, context),
  );
  const { destination } = item.wanted;
  const rest =
    strangers === 0
      ? ''
      : ` ${strangers} other secrets of ${destination} belong to no destination that is known: if the old one is among them, take it away by hand.`;
  return {
    exitCode: 0,
    data: { target: side.target.label, slot: item.wanted.slot, rolled: true, strangers },
    text: `${item.wanted.slot}: a delivery that the new secret had signed was taken, and the old secret is gone.${rest}`,
  };
}

async function replace(
  side: StripeSide,
  slot: string,
  options: RotationOptions,
  args: Arguments,
  context: CommandContext,
): Promise<Report> {
  const plan = await planDestinations(side, context.signal);
  const items = chosenItems(plan, slot);
  const partner = items.find(({ wanted }) => wanted.id !== undefined);
  if (partner !== undefined) {
    throw new OperatorFault('no_rotation', `${partner.wanted.slot} goes over EventBridge: it has no secret to rotate.`);
  }
  const closed = items.find(
    ({ found, changes }) => found === undefined || changes.some(({ kind }) => kind === 'open' || kind === 'recreate'),
  );
  if (closed !== undefined) {
    throw new OperatorFault(
      'not_there',
      `${closed.wanted.slot} is not connected yet: fanout destinations apply comes first.`,
    );
  }
  const steps = items.map(({ wanted, found, twin }) =>
    twin === undefined
      ? `${wanted.slot}: a twin of ${found?.id}; that one is deleted when the twin works and nothing is owed`
      : `${wanted.slot}: go on with ${twin.id}, the twin of ${found?.id}`,
  );
  const shown = [side.label, '', ...steps].join('\n');
  if (!(await isConfirmed(args, shown, 'Rotate?', context))) {
    return { exitCode: 0, data: { done: false, steps }, text: `${shown}\n\nNothing was changed: add --yes to do it.` };
  }
  const rotated = await locked(side.lock, side.mode, 'destinations rotate', context, async (hold) => {
    const now = await planDestinations(side, context.signal);
    return rotate(side, chosenItems(now, slot), now.total, options, hold, context);
  });
  const lines = rotated.map(({ slot: name, from, to }) => `${name}: ${from} → ${to}`);
  return {
    exitCode: 0,
    data: { target: side.target.label, account: side.account, mode: side.mode, done: true, rotated },
    text: [side.label, '', ...lines].join('\n'),
  };
}
