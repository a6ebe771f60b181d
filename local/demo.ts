import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '#shared/event/stripe-event.ts';
import { DEFAULT_STAGE } from '#shared/naming/resource-names.ts';
import { DEMO_USAGE, type DemoArguments, demoArguments } from './demo/demo-arguments.ts';
import { demoTable } from './demo/demo-table.ts';
import { demoTraffic } from './demo/demo-traffic.ts';
import { HandledLog } from './demo/handled-log.ts';
import { runDemo } from './demo/run-demo.ts';
import { startRuntime } from './runtime.ts';
import { synthesize } from './synthesize.ts';
import type { ReportStep } from './terminal/progress-line.ts';
import { runTrial, type Verdict } from './terminal/run-trial.ts';
import { UsageError } from './terminal/usage-error.ts';

/** Five receives with the deployed back-off take 81 minutes; divided by this, less than two seconds. */
const TIME_SCALE = 3_600;
const SECRET = 'whsec_demo';
/** Real milliseconds from the start of the process; it takes half of that where nothing is wrong. */
const DEADLINE_MS = 85_000;

process.exitCode = await runTrial({ usage: DEMO_USAGE, read: demoArguments, run: demo }, process.argv.slice(2));

async function demo({ json, fixtures }: DemoArguments, progress: ReportStep): Promise<Verdict> {
  const objects = fixtures === undefined ? undefined : await readObjects(fixtures);
  progress('synthesizing the stacks', 0, 1);
  const assembly = join(import.meta.dirname, '..', 'dist', 'demo');
  await synthesize({ output: assembly, stage: DEFAULT_STAGE });

  const handled = new HandledLog();
  const runtime = await startRuntime({
    assembly,
    port: 0,
    awsPort: 0,
    timeScale: TIME_SCALE,
    signingSecret: SECRET,
    log: handled.sink,
  });
  try {
    const timeoutMs = Math.max(1, Math.ceil(DEADLINE_MS - performance.now()));
    const surroundings = { runtime, handled, stage: DEFAULT_STAGE, secret: SECRET, progress };
    const outcome = await runDemo({ ...surroundings, objects, timeoutMs });
    const kept = outcome.faults.length === 0;
    if (json) return { kept, text: JSON.stringify(outcome.result), remarks: outcome.faults };
    const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
    return { kept, text: demoTable(outcome, peakRssMb, TIME_SCALE) };
  } finally {
    await runtime.stop();
  }
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
