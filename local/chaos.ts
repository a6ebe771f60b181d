import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHAOS_USAGE, type ChaosArguments, chaosArguments } from './chaos/chaos-arguments.ts';
import { chaosPlan } from './chaos/chaos-plan.ts';
import type { ChaosResult } from './chaos/chaos-result.ts';
import { ChaosRun } from './chaos/chaos-run.ts';
import { CHAOS_CONFIG, CHAOS_STAGE } from './chaos/chaos-stage.ts';
import { chaosTable } from './chaos/chaos-table.ts';
import { ChaosWitness } from './chaos/chaos-witness.ts';
import { startRuntime } from './runtime.ts';
import { synthesize } from './synthesize.ts';
import type { ReportStep } from './terminal/progress-line.ts';
import { runTrial, type Verdict } from './terminal/run-trial.ts';

/** Stripe's three days of retries take 66 seconds, five receives with their back-off less than ten. */
const TIME_SCALE = 3_600;
const SECRET = 'whsec_chaos';
/** Lambda would start as many as are asked for: calls that hang must not hold up all others. */
const REQUEST_WORKERS = 8;
const WARM_HANDLERS = 12;

process.exitCode = await runTrial({ usage: CHAOS_USAGE, read: chaosArguments, run: chaos }, process.argv.slice(2));

async function chaos({ events, seed, json, log }: ChaosArguments, progress: ReportStep): Promise<Verdict> {
  progress('synthesizing the stacks', 0, 1);
  // A folder of its own: another run must not take the bundles away from under this one.
  const assembly = await mkdtemp(join(tmpdir(), 'chaos-'));
  try {
    await synthesize({ output: assembly, stage: CHAOS_STAGE, config: CHAOS_CONFIG });
    const witness = new ChaosWitness();
    const out = log === undefined ? undefined : createWriteStream(log);
    const runtime = await startRuntime({
      assembly,
      port: 0,
      awsPort: 0,
      timeScale: TIME_SCALE,
      signingSecret: SECRET,
      requestWorkers: REQUEST_WORKERS,
      warmHandlers: WARM_HANDLERS,
      log: (name, line, requestId) => {
        witness.sink(name, line, requestId);
        out?.write(`${name} ${line}\n`);
      },
    });
    try {
      witness.watch(runtime.observations);
      const plan = chaosPlan({ events, seed, now: Math.floor(Date.now() / 1000) });
      const run = new ChaosRun({
        runtime,
        witness,
        plan,
        stage: CHAOS_STAGE,
        secret: SECRET,
        timeScale: TIME_SCALE,
        progress,
      });
      await run.rage();
      const { result, broken } = await run.judge();
      const whole: ChaosResult = { seed, ...result, elapsedMs: Math.round(performance.now()) };
      const text = json ? JSON.stringify({ ...whole, broken }) : chaosTable(whole, broken);
      return { kept: broken.length === 0, text };
    } finally {
      await runtime.stop();
    }
  } finally {
    await rm(assembly, { recursive: true });
  }
}
