import { LARGEST_SEED, oneOf, parseOptions, wholeNumber } from '#local/terminal/parse-options.ts';
import { UsageError } from '#local/terminal/usage-error.ts';
import { PROGRAMS } from './programs.ts';

/** What `npm run simulate` was asked for. */
export interface SimulateArguments {
  /** Runs for each program and number of faults at most. */
  readonly budget: number;
  /** Random schedules of each program. */
  readonly random: number;
  readonly seed: number;
  /** `undefined`: all. */
  readonly program: string | undefined;
  /** A schedule to be run once again, and of how many deliveries it is. */
  readonly again: { readonly schedule: readonly string[]; readonly deliveries: number } | undefined;
  readonly help: boolean;
}

const DEFAULTS = { random: 30_000, seed: 1, deliveries: 2 } as const;
const NAMES = PROGRAMS.map(({ name }) => name);
const MOST_RUNS = 1_000_000_000;
export const MOST_DELIVERIES = 9;

export const SIMULATE_USAGE = `Usage: npm run simulate -- [options]
       npm run simulate -- --program <name> --schedule <text> [--deliveries <n>]

Crashes ingress, resolver, reconciler and handler at every call but the reconciler's notes of its progress, in every
order, and plants bugs that must be found.
Exits with 1 when a law is broken or a planted bug is not found.

  --program <name>    this one only: ${NAMES.slice(0, 6).join(', ')},
                      ${NAMES.slice(6).join(', ')}
  --budget <n>        runs for each program and number of faults at most (default: as many as there are)
  --random <n>        random schedules of each program (default ${DEFAULTS.random})
  --seed <n>          which ones (default ${DEFAULTS.seed}); the same number gives the same schedules
  --schedule <text>   run one schedule again, as a finding printed it
  --deliveries <n>    of how many deliveries it is, 1 to ${MOST_DELIVERIES} (default ${DEFAULTS.deliveries})
  --help              show this`;

/** @throws {UsageError} */
export function simulateArguments(args: readonly string[]): SimulateArguments {
  const values = parseOptions(args, {
    budget: { type: 'string' },
    random: { type: 'string' },
    seed: { type: 'string' },
    program: { type: 'string' },
    schedule: { type: 'string' },
    deliveries: { type: 'string' },
    help: { type: 'boolean' },
  });
  const deliveries = wholeNumber('--deliveries', values.deliveries, 1, MOST_DELIVERIES);
  const schedule = values.schedule?.split(/\s+/).filter((choice) => choice !== '');
  if (schedule?.length === 0) throw new UsageError('--schedule is empty; what a finding printed was expected.');
  if (schedule !== undefined && values.program === undefined)
    throw new UsageError('--schedule is of one program; its name was expected, with --program.');
  if (schedule === undefined && deliveries !== undefined)
    throw new UsageError('--deliveries says what a schedule is of; one was expected, with --schedule.');
  return {
    budget: wholeNumber('--budget', values.budget, 1, MOST_RUNS) ?? Number.POSITIVE_INFINITY,
    random: wholeNumber('--random', values.random, 1, MOST_RUNS) ?? DEFAULTS.random,
    seed: wholeNumber('--seed', values.seed, 0, LARGEST_SEED) ?? DEFAULTS.seed,
    program: oneOf('--program', values.program, NAMES),
    again: schedule && { schedule, deliveries: deliveries ?? DEFAULTS.deliveries },
    help: values.help ?? false,
  };
}
