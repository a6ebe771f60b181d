import { LARGEST_SEED, parseOptions, wholeNumber } from '#local/terminal/parse-options.ts';

/** What `npm run fuzz` was asked for. */
export interface FuzzArguments {
  readonly inputs: number;
  readonly seed: number;
  readonly help: boolean;
}

const DEFAULTS = { inputs: 200_000, seed: 20_261_124 } as const;
/** Takes hours. */
const MOST = 100_000_000;

export const FUZZ_USAGE = `Usage: npm run fuzz -- [options]

Sends requests around each limit of size and then damaged ones to the ingress, and compares what it accepts with
stripe-node. Exits with 1 when one is answered 5xx, throws, is accepted though Stripe's library refuses it or refused
without a reason of ours, when memory grows, or when nothing met one of these reasons, from 20,000 requests on.

  --inputs <n>  requests, 1 to ${MOST} (default ${DEFAULTS.inputs})
  --seed <n>    which ones (default ${DEFAULTS.seed}); the same number gives the same requests
  --help        show this`;

/** @throws {UsageError} */
export function fuzzArguments(args: readonly string[]): FuzzArguments {
  const values = parseOptions(args, {
    inputs: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean' },
  });
  return {
    inputs: wholeNumber('--inputs', values.inputs, 1, MOST) ?? DEFAULTS.inputs,
    seed: wholeNumber('--seed', values.seed, 0, LARGEST_SEED) ?? DEFAULTS.seed,
    help: values.help ?? false,
  };
}
