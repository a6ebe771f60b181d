import { didYouMean } from '#shared/naming/nearest-name.ts';
import { DEFAULTS } from '../runtime-options.ts';
import { parseOptions, wholeNumber } from '../terminal/parse-options.ts';
import { UsageError } from '../terminal/usage-error.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';

/** What `npm run drill` was asked for. */
export interface DrillArguments {
  /** `undefined`: any. */
  readonly scenario: Scenario | undefined;
  readonly list: boolean;
  readonly json: boolean;
  readonly port: number;
  readonly awsPort: number;
  /** Minutes after which it is over. */
  readonly minutes: number;
  readonly help: boolean;
}

/** Longer than anybody practises at a stretch, so that a drill that was forgotten ends. */
const DEFAULT_MINUTES = 60;

export const DRILL_USAGE = `Usage: npm run drill -- [options]

Starts the pipeline on this machine, breaks something, and shows the alarm as the person on call gets it. You mend it
with the commands of the alarm's runbook page, in another terminal; the drill notices when all is well again.

  --list             list the scenarios
  --scenario <name>  play this one (default: any)
  --minutes <n>      give up after n minutes, 1 to 600 (default ${DEFAULT_MINUTES})
  --port <n>         HTTP API (default ${DEFAULTS.port}; 0: any free one)
  --aws-port <n>     AWS endpoint (default ${DEFAULTS.awsPort}; 0: any free one)
  --json             print one JSON object a line on standard output (with npm run -s); take lines of input as usual
  --help             show this

Exits with 0 when it was mended, with 1 when it was not.`;

/** @throws {UsageError} */
export function drillArguments(args: readonly string[]): DrillArguments {
  const values = parseOptions(args, {
    list: { type: 'boolean' },
    scenario: { type: 'string' },
    minutes: { type: 'string' },
    port: { type: 'string' },
    'aws-port': { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  return {
    scenario: values.scenario === undefined ? undefined : scenarioNamed(values.scenario),
    list: values.list ?? false,
    json: values.json ?? false,
    port: wholeNumber('--port', values.port, 0, 65_535) ?? DEFAULTS.port,
    awsPort: wholeNumber('--aws-port', values['aws-port'], 0, 65_535) ?? DEFAULTS.awsPort,
    minutes: wholeNumber('--minutes', values.minutes, 1, 600) ?? DEFAULT_MINUTES,
    help: values.help ?? false,
  };
}

function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  const names = SCENARIOS.map((scenario) => scenario.name);
  throw new UsageError(`There is no scenario ${name}.${didYouMean(name, names)} Scenarios: ${names.join(', ')}.`);
}
