import { readFile } from 'node:fs/promises';
import { isRecord } from '#shared/event/stripe-event.ts';
import { DEFAULT_STAGE } from '#shared/naming/resource-names.ts';
import { startRuntime } from '../runtime.ts';
import { synthesize } from '../synthesize.ts';
import type { Trial } from '../terminal/run-trial.ts';
import { UsageError } from '../terminal/usage-error.ts';
import { DEMO_USAGE, type DemoArguments, demoArguments } from './demo-arguments.ts';
import { demoTable } from './demo-table.ts';
import { demoTraffic } from './demo-traffic.ts';
import { HandledLog } from './handled-log.ts';
import { runDemo } from './run-demo.ts';

/** Five receives with the deployed back-off take 81 minutes; divided by this, less than two seconds. */
const TIME_SCALE = 3_600;
const SECRET = 'whsec_demo';

/**
 * The demo, from its arguments to its verdict.
 * @param assembly folder for the stacks
 * @param deadlineMs on the clock of the process, in real milliseconds from its start: what is missing by then is missing
 */
export function demoTrial(assembly: string, deadlineMs: number): Trial<DemoArguments> {
  return {
    usage: DEMO_USAGE,
    read: demoArguments,
    run: async ({ json, fixtures }, progress) => {
      const objects = fixtures === undefined ? undefined : await readObjects(fixtures);
      progress('synthesizing the stacks', 0, 1);
      await synthesize({ output: assembly, stage: DEFAULT_STAGE });
      const handled = new HandledLog();
      const given = { assembly, port: 0, awsPort: 0, timeScale: TIME_SCALE, signingSecret: SECRET };
      const runtime = await startRuntime({ ...given, log: handled.sink });
      try {
        const timeoutMs = Math.max(1, Math.ceil(deadlineMs - performance.now()));
        const surroundings = { runtime, handled, stage: DEFAULT_STAGE, secret: SECRET, progress };
        const outcome = await runDemo({ ...surroundings, objects, timeoutMs });
        const kept = outcome.faults.length === 0;
        if (json) return { kept, text: JSON.stringify(outcome.result), remarks: outcome.faults };
        const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
        return { kept, text: demoTable(outcome, peakRssMb, TIME_SCALE) };
      } finally {
        await runtime.stop();
      }
    },
  };
}

async function readObjects(file: string): Promise<Record<string, unknown>> {
  const hint = 'A JSON object of Stripe objects by kind was expected, such as {"invoice": {…}} or {"resources": {…}}.';
  try {
    const objects: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isRecord(objects)) {
      // Now, and not after the stacks have been synthesized, is the time to say that a kind is missing.
      demoTraffic(objects, 0);
      return objects;
    }
  } catch (cause) {
    throw new UsageError(
      `--fixtures ${file} cannot be used (${cause instanceof Error ? cause.message : cause}). ${hint}`,
      { cause },
    );
  }
  throw new UsageError(`--fixtures ${file} is not a JSON object. ${hint}`);
}
