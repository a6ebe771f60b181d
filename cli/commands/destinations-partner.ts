import { associateBefore } from '#shared/destinations/partner-association.ts';
import type { WantedDestination } from '#shared/destinations/wanted-destination.ts';
import { wantedTypes } from '#shared/destinations/wanted-types.ts';
import { readText } from '../arguments/read-arguments.ts';
import type { Arguments, Command, CommandContext, Report } from '../command.ts';
import { isConfirmed } from '../destinations/confirm.ts';
import { STRIPE_OPTIONS } from '../destinations/stripe-key.ts';
import { type StripeSide, withStripe } from '../destinations/stripe-side.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { UsageError } from '../usage-error.ts';

/** `fanout destinations partner`: Stripe's own EventBridge destination, which exists before it can be declared. */
export const destinationsPartnerCommand: Command = {
  name: 'destinations partner',
  summary:
    'Create a destination of the kind Amazon EventBridge for this account and Region; says what to declare, and until when.',
  usage: 'destinations partner',
  options: {
    yes: { type: 'boolean', help: 'Do not ask.' },
    payload: { type: 'string', value: 'STYLE', help: 'snapshot or thin (default snapshot).' },
    accounts: { type: 'string', value: 'WHOSE', help: "own or connected accounts' events (default own)." },
    ...STRIPE_OPTIONS,
    ...TARGET_OPTIONS,
  },
  examples: [
    'destinations partner --stage prod',
    'destinations partner --payload thin --accounts connected --stage prod',
  ],
  run(args, context) {
    if (args.positionals.length > 0) throw new UsageError('destinations partner takes options only.');
    const payload = oneOf(args, 'payload', ['snapshot', 'thin'] as const);
    const accounts = oneOf(args, 'accounts', ['own', 'connected'] as const);
    return withStripe(args, context, (side) => createPartner(side, payload, accounts, args, context));
  },
};

async function createPartner(
  side: StripeSide,
  payload: 'snapshot' | 'thin',
  accounts: 'own' | 'connected',
  args: Arguments,
  context: CommandContext,
): Promise<Report> {
  const [, , , region = '', account = ''] = side.installation.split(':');
  const declared = { name: 'partner', mode: side.mode, payload, accounts } as const;
  const enabledEvents = wantedTypes(declared, payload, accounts, side.configuration.domainsOff);
  const whose = accounts === 'own' ? 'the own account' : 'connected accounts';
  const shown = `${side.label}\n\n[+] an EventBridge destination for account ${account}, ${region}: ${enabledEvents.length} ${payload} event types of ${whose}`;
  if (!(await isConfirmed(args, shown, 'Create it?', context))) {
    return { exitCode: 0, data: { done: false }, text: `${shown}\n\nNothing was created: add --yes to do it.` };
  }
  const wanted: WantedDestination = {
    slot: `partner/${payload}`,
    destination: 'partner',
    api: 'v2',
    payload,
    accounts,
    url: '',
    enabledEvents,
    ...(payload === 'snapshot' && { apiVersion: side.configuration.apiVersion }),
  };
  const name = `stripe-fanout ${side.target.stage}: ${payload}, ${accounts}`;
  const found = await side.destinations.createPartner(
    { wanted, name, enabledEvents },
    { account, region },
    context.signal,
  );
  const source = `aws.partner/stripe.com/${found.id}`;
  const until = new Date(associateBefore(found)).toISOString();
  return {
    exitCode: 0,
    data: { done: true, id: found.id, source, associateBefore: until },
    text: [
      `${found.id} was created. In infra/config.ts, stage ${side.target.stage}:`,
      '',
      `  partnerEventSources: [{ source: '${source}', payload: '${payload}', accounts: '${accounts}' }],`,
      '',
      `Deploy before ${until}: until then AWS keeps the event source without its bus; afterwards it is gone, and another destination must be made.`,
    ].join('\n'),
  };
}

function oneOf<Name extends string>(args: Arguments, option: string, names: readonly [Name, ...Name[]]): Name {
  const given = readText(args, option) ?? names[0];
  const found = names.find((name) => name === given);
  if (found !== undefined) return found;
  throw new UsageError(`--${option} is ${names.join(' or ')}.`);
}
