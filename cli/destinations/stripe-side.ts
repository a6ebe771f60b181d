import { setTimeout as sleep } from 'node:timers/promises';
import { readStripeConfiguration, type StripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import { StripeDestinations } from '#shared/destinations/stripe-destinations.ts';
import { type WantedDestination, wantedDestinations } from '#shared/destinations/wanted-destination.ts';
import type { OperatorLock } from '#shared/operations/operator-lock.ts';
import type { StoredSigningSecrets } from '#shared/operations/signing-secrets.ts';
import type { PublishedEvents } from '#shared/ports/published-events.ts';
import type { StripeApi } from '#shared/ports/stripe-api.ts';
import { PatientStripe } from '#shared/stripe/patient-stripe.ts';
import type { Arguments, CommandContext, Report } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';
import type { Target } from '../target/target.ts';
import { withTarget } from '../target/with-target.ts';
import { accountOfKey } from './account-of-key.ts';
import { readStripeKey, type StripeKey } from './stripe-key.ts';

/** A pipeline and the Stripe account that sends to it, in one mode. */
export interface StripeSide {
  readonly target: Target;
  readonly mode: StripeKey['mode'];
  /** `acct_…`; of a key that may not be asked, `unknown`. */
  readonly account: string;
  /** For a person: pipeline, account and mode. */
  readonly label: string;
  /** By which destinations of this pipeline are known: the ARN of its bus. */
  readonly installation: string;
  readonly configuration: StripeConfiguration;
  readonly wanted: readonly WantedDestination[];
  readonly stripe: StripeApi;
  readonly destinations: StripeDestinations;
  readonly secrets: StoredSigningSecrets;
  /** Which events are on the bus, by the ledger. */
  readonly published: PublishedEvents;
  /** When a delivery that a secret of a destination had signed was last taken. */
  signerSeenAt(destination: string, fingerprint: string): Promise<string | undefined>;
  /** Keeps two commands from changing the same mode's destinations at once. */
  readonly lock: OperatorLock;
}

/**
 * Runs a command's work on the Stripe side of the target that its options name, after it has made sure that the key is
 * of the mode and the account that the configuration speaks of.
 */
export function withStripe(
  args: Arguments,
  context: CommandContext,
  work: (side: StripeSide) => Promise<Report>,
): Promise<Report> {
  return withTarget(args, context, async (target) => {
    try {
      return await work(await stripeSide(args, context, target));
    } catch (error) {
      if (!context.signal.aborted) throw error;
      throw new OperatorFault('stopped', 'Stopped, as you asked. The same command goes on from here.', {
        cause: error,
      });
    }
  });
}

/** @throws {OperatorFault} no key, or not the right one */
export async function stripeSide(args: Arguments, context: CommandContext, target: Target): Promise<StripeSide> {
  const configuration = readStripeConfiguration(target.output('StripeConfiguration'));
  if (configuration === undefined) {
    throw new OperatorFault(
      'other_version',
      'Another version of this project was deployed there: deploy this one first.',
    );
  }
  const key = await readStripeKey(args, context, target);
  const { mode } = key;
  const wanted = wantedDestinations(configuration, mode, target.output('WebhookUrl'));
  if (wanted.length === 0 && !configuration.partnerSources.some((source) => source.mode === mode)) {
    const what = `No destination in infra/config.ts takes ${mode} events, and the Stripe key is of ${mode} mode.`;
    throw new OperatorFault('mode_not_taken', what);
  }
  const stripe = await clientFor(key, context, target);
  const destinations = new StripeDestinations(stripe, mode, context.uniqueText);
  const account = await accountOfKey(destinations, configuration.accounts[mode], mode, context.signal);
  const { secretsManagerSigningSecrets } = await import(
    '#functions/adapters/operator/secrets-manager-signing-secrets.ts'
  );
  const { dynamoDbOperatorLock } = await import('#functions/adapters/operator/dynamodb-operator-lock.ts');
  const { dynamoDbPublishedEvents } = await import('#functions/adapters/dynamodb-published-events.ts');
  const { signerSeenAt } = await import('#functions/adapters/dynamodb-signer-log.ts');
  const { dynamoDb, secrets } = target.clients;
  const table = target.output('LedgerTableName');
  return {
    target,
    mode,
    account,
    label: `${target.label} · Stripe account ${account}, ${mode} mode`,
    installation: target.output('BusArn'),
    configuration,
    wanted,
    stripe,
    destinations,
    secrets: secretsManagerSigningSecrets(secrets, target.output('SigningSecretName')),
    published: dynamoDbPublishedEvents({ client: dynamoDb, table, clock: context, sleep: context.pause }),
    signerSeenAt: (destination, fingerprint) => signerSeenAt({ client: dynamoDb, table }, destination, fingerprint),
    lock: dynamoDbOperatorLock(dynamoDb, table, context, 'stripe'),
  };
}

/** The library takes a fifth of a second to load: only these commands do. */
async function clientFor({ text, mode }: StripeKey, context: CommandContext, target: Target): Promise<StripeApi> {
  const { stripeApi } = await import('#functions/adapters/stripe-api.ts');
  const baseUrl = target.isLocal ? target.output('StripeApiUrl') : undefined;
  const stripe = stripeApi({
    secret: { read: async () => JSON.stringify({ [mode]: text }) },
    clock: { now: context.now },
    baseUrl,
  });
  return new PatientStripe({
    stripe,
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    random: Math.random,
  });
}
