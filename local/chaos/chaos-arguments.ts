import { LARGEST_SEED, parseOptions, wholeNumber } from '../terminal/parse-options.ts';
import { FEWEST_EVENTS } from './chaos-plan.ts';

/** What `npm run chaos` was asked for. */
export interface ChaosArguments {
  readonly events: number;
  readonly seed: number;
  readonly json: boolean;
  /** File for every line that the functions write. */
  readonly log: string | undefined;
  readonly help: boolean;
}

const DEFAULTS = { events: 2_000, seed: 1 } as const;
/** With more the tables in memory grow too large. */
const MOST = 100_000;

export const CHAOS_USAGE = `Usage: npm run chaos -- [options]

Sends events through the pipeline on this machine, by webhook, over Stripe's partner event bus or both, while everything
around it goes wrong: duplicates, disorder, unknown types, poison, throttled and failing services, lost answers, functions
killed in the middle, a restart, a secret rolled.
Then redrives the dead letters, and compares ledger, objects and what was handled with what must be. Exits with 1 when
anything was lost, or an object is not in its right last state.

  --events <n>  different events, ${FEWEST_EVENTS} to ${MOST} (default ${DEFAULTS.events})
  --seed <n>    what is sent and broken, and when (default ${DEFAULTS.seed}); the same number gives the same schedule
  --json        print one JSON object and nothing else on standard output (with npm run -s)
  --log <file>  write what the functions log to a file
  --help        show this`;

/** @throws {UsageError} */
export function chaosArguments(args: readonly string[]): ChaosArguments {
  const values = parseOptions(args, {
    events: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
    log: { type: 'string' },
    help: { type: 'boolean' },
  });
  return {
    events: wholeNumber('--events', values.events, FEWEST_EVENTS, MOST) ?? DEFAULTS.events,
    seed: wholeNumber('--seed', values.seed, 0, LARGEST_SEED) ?? DEFAULTS.seed,
    json: values.json ?? false,
    log: values.log,
    help: values.help ?? false,
  };
}
