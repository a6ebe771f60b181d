import { parseOptions } from '#local/terminal/parse-options.ts';
import { UsageError } from '#local/terminal/usage-error.ts';

/** Where the smoke test deploys to: nowhere with `--help`. */
export type SmokeArguments =
  | { readonly where: 'nowhere' }
  | { readonly where: 'ministack' }
  | { readonly where: 'aws'; readonly account: string; readonly removeOnly: boolean };

export const SMOKE_USAGE = `Usage: npm run smoke -- --ministack
       npm run smoke -- --aws-account <12 digits> [--remove]

Deploys the stage "smoke" with \`cdk deploy\`, sends signed events through every domain, makes one dead letter and
redrives it, deploys an update, and removes everything. Prints latencies. Exits with 1 when anything is not as it must be.

  --ministack         into an emulator that is started for it (pip install ministack==1.5.33): no account, nothing leaves here
  --aws-account <id>  into this AWS account, with your credentials and Region; costs cents.
                      The account must be bootstrapped (npx cdk bootstrap), and be the one that you name
  --remove            with --aws-account: only removes what an earlier run left behind
  --help              show this`;

/** @throws {UsageError} also where neither place is named: nothing is deployed without being told where */
export function smokeArguments(args: readonly string[]): SmokeArguments {
  const {
    ministack,
    'aws-account': account,
    remove,
    help,
  } = parseOptions(args, {
    ministack: { type: 'boolean' },
    'aws-account': { type: 'string' },
    remove: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (help) return { where: 'nowhere' };
  if (ministack && account === undefined && !remove) return { where: 'ministack' };
  if (!ministack && account !== undefined) {
    if (/^\d{12}$/.test(account)) return { where: 'aws', account, removeOnly: remove ?? false };
    throw new UsageError(`--aws-account is "${account}"; the 12 digits of an account were expected.`);
  }
  throw new UsageError('Say where to deploy: either --ministack, or --aws-account with the id of your account.');
}
