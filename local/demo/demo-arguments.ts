import { parseOptions } from '../terminal/parse-options.ts';

/** What `npm run demo` was asked for. */
export interface DemoArguments {
  readonly json: boolean;
  /** File with Stripe objects by kind, to use instead of our samples. */
  readonly fixtures: string | undefined;
  readonly help: boolean;
}

export const DEMO_USAGE = `Usage: npm run demo -- [options]

Runs the synthesized pipeline on this machine, sends it every event type and every kind of trouble, and counts what
arrived. Exits with 1 when anything was lost, or went otherwise than promised.

  --json             print one JSON object and nothing else on standard output (with npm run -s)
  --fixtures <file>  take Stripe objects from this JSON file, by kind, instead of our samples
  --help             show this`;

/** @throws {UsageError} */
export function demoArguments(args: readonly string[]): DemoArguments {
  const values = parseOptions(args, {
    json: { type: 'boolean' },
    fixtures: { type: 'string' },
    help: { type: 'boolean' },
  });
  return { json: values.json ?? false, fixtures: values.fixtures, help: values.help ?? false };
}
