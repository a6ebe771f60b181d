import { LARGEST_SEED, oneOf, parseOptions, wholeNumber } from '#local/terminal/parse-options.ts';

/** What `npm run conformance` was asked for. */
export interface ConformanceArguments {
  /** Name of the one suite to run; `undefined`: all. */
  readonly only: string | undefined;
  /** Random pairs of pattern and event. */
  readonly pairs: number;
  readonly seed: number;
  readonly help: boolean;
}

const DEFAULTS = { pairs: 24_000, seed: 20_261_123 } as const;
/** So many pairs are promised: a run that nobody watches must not be satisfied with fewer. */
const FEWEST_IN_CI = 20_000;
/** All are in memory at once. */
const MOST_PAIRS = 1_000_000;

export function conformanceUsage(suites: readonly string[]): string {
  return `Usage: npm run conformance -- [options]

Asks engines that share no code with this project about what it does. Exits with 1 when one of them disagrees or cannot be
asked, and with CI set (to anything but "false") also when one is not installed.

  --only <name>  this suite: ${suites.join(', ')}
  --pairs <n>    random pairs of pattern and event, 1 to ${MOST_PAIRS}, with CI set from ${FEWEST_IN_CI} (default ${DEFAULTS.pairs})
  --seed <n>     which random questions are asked (default ${DEFAULTS.seed}); the same number asks the same
  --help         show this`;
}

/** @throws {UsageError} */
export function conformanceArguments(
  args: readonly string[],
  { suites, isCi }: { readonly suites: readonly string[]; readonly isCi: boolean },
): ConformanceArguments {
  const values = parseOptions(args, {
    only: { type: 'string' },
    pairs: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean' },
  });
  return {
    only: oneOf('--only', values.only, suites),
    pairs: wholeNumber('--pairs', values.pairs, isCi ? FEWEST_IN_CI : 1, MOST_PAIRS) ?? DEFAULTS.pairs,
    seed: wholeNumber('--seed', values.seed, 0, LARGEST_SEED) ?? DEFAULTS.seed,
    help: values.help ?? false,
  };
}
