import type { Mode } from '#shared/destinations/stripe-configuration.ts';
import type { Arguments, CommandContext, CommandOption } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';
import type { Target } from '../target/target.ts';
import { UsageError } from '../usage-error.ts';

/** The operator's own Stripe key, as long as the command runs. */
export interface StripeKey {
  readonly text: string;
  readonly mode: Mode;
}

/** By which every command of the Stripe side gets its key. It is never an argument: other processes can read those. */
export const STRIPE_OPTIONS: Readonly<Record<string, CommandOption>> = {
  mode: { type: 'string', value: 'MODE', help: 'live or test: what the key must be of (default: whatever it is of).' },
  'key-stdin': {
    type: 'boolean',
    help: 'Read the Stripe key from standard input (default: STRIPE_API_KEY, or a prompt).',
  },
};

const MODES: readonly Mode[] = ['live', 'test'];

/**
 * The key from `STRIPE_API_KEY`, standard input or a prompt; for the local runtime the stand-in's own one will do. It is
 * neither printed nor kept.
 * @throws {UsageError} `--mode` is none
 * @throws {OperatorFault} there is no key, or one of the other mode
 */
export async function readStripeKey(
  { values }: Arguments,
  context: CommandContext,
  target: Pick<Target, 'isLocal'>,
): Promise<StripeKey> {
  const wanted = values.mode === undefined ? undefined : MODES.find((mode) => mode === values.mode);
  if (values.mode !== undefined && wanted === undefined) throw new UsageError('--mode is live or test.');
  const text = await given(values['key-stdin'] === true, wanted, context, target);
  const mode = /^(?:sk|rk)_(live|test)_\w+$/.exec(text)?.[1];
  if (mode !== 'live' && mode !== 'test') {
    throw new OperatorFault(
      'no_stripe_key',
      'What was given is no Stripe key: sk_… or rk_…, live or test, was expected.',
    );
  }
  if (wanted !== undefined && wanted !== mode) {
    throw new OperatorFault('other_mode', `The Stripe key is of ${mode} mode, and --mode says ${wanted}.`);
  }
  return { text, mode };
}

async function given(
  fromInput: boolean,
  mode: Mode | undefined,
  { env, askSecretly, readFile }: CommandContext,
  { isLocal }: Pick<Target, 'isLocal'>,
): Promise<string> {
  if (fromInput) return (await readFile('-')).trim();
  if (env.STRIPE_API_KEY) return env.STRIPE_API_KEY.trim();
  // The key that the stand-in knows, and nobody else.
  if (isLocal) return `rk_${mode ?? 'test'}_local`;
  const typed = await askSecretly('Stripe API key (not shown): ');
  if (typed) return typed;
  throw new OperatorFault(
    'no_stripe_key',
    'Put a Stripe key into STRIPE_API_KEY, or give it on standard input with --key-stdin. docs/guides/api-keys.md says what it must be allowed to do.',
  );
}
