import type { Mode } from '#shared/destinations/stripe-configuration.ts';
import type { StripeDestinations } from '#shared/destinations/stripe-destinations.ts';
import { PipelineError } from '#shared/errors/pipeline-error.ts';
import { OperatorFault } from '../operator-fault.ts';

/**
 * Whose key it is, before anything is done with it.
 * @param declared the account that the configuration names, if it names one
 * @returns `acct_…`; `unknown` where the key may not be asked and the configuration does not mind
 * @throws {OperatorFault} it is another account's
 */
export async function accountOfKey(
  destinations: Pick<StripeDestinations, 'account'>,
  declared: string | undefined,
  mode: Mode,
  signal: AbortSignal,
): Promise<string> {
  const account = await destinations.account(signal).catch((error: unknown) => {
    const mayNotAsk = error instanceof PipelineError && error.code === 'stripe_permission_missing';
    if (mayNotAsk && declared === undefined) return 'unknown';
    throw error;
  });
  if (declared === undefined || declared === account) return account;
  throw new OperatorFault(
    'other_account',
    `The Stripe key belongs to ${account}, and infra/config.ts says that this stage is ${declared}'s in ${mode} mode.`,
  );
}
