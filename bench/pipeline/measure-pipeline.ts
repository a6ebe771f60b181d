import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '#local/synthesize.ts';
import { type Figure, median } from '../figure.ts';
import { runChild } from '../run-child.ts';
import { flatness } from './flatness.ts';
import type { PipelineRun } from './pipeline-run.ts';

const ROUNDS = 3;

/** The pipeline end to end on the embedded runtime, with ledgers of growing size, in turn. */
export async function measurePipeline(known: readonly number[]): Promise<{ figures: Figure[]; runs: PipelineRun[] }> {
  const assembly = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    await synthesize({ output: assembly, stage: 'dev' });
    const rounds: PipelineRun[][] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const runs: PipelineRun[] = [];
      for (const count of known) runs.push(await run(assembly, count));
      rounds.push(runs);
    }
    const runs = known.map((count, i) => {
      const same = rounds.flatMap((all) => all[i] ?? []);
      const middle = (of: Exclude<keyof PipelineRun, 'known'>) => median(same.map((one) => one[of]));
      return {
        known: count,
        eventsPerSecond: middle('eventsPerSecond'),
        latencyP50Ms: middle('latencyP50Ms'),
        redrivenPerSecond: middle('redrivenPerSecond'),
        peakMiB: middle('peakMiB'),
      };
    });
    return { runs, figures: [...runs.map(throughput), ...flatness(rounds), redrive(runs), ...runs.map(memory)] };
  } finally {
    rmSync(assembly, { recursive: true });
  }
}

async function run(assembly: string, known: number): Promise<PipelineRun> {
  const flags = ['--max-semi-space-size=4'];
  const script = join(import.meta.dirname, 'child.ts');
  return (await runChild([...flags, script, assembly, String(known)], { PATH: process.env.PATH })) as PipelineRun;
}

function throughput({ known, eventsPerSecond, latencyP50Ms }: PipelineRun): Figure {
  return {
    what: `events end to end with ${known.toLocaleString('en')} in the ledger`,
    value: eventsPerSecond,
    unit: 'events/s',
    floor: `signed request to handled, ${Math.round(latencyP50Ms)} ms from created to handled (p50)`,
  };
}

function redrive(runs: readonly PipelineRun[]): Figure {
  const value = median(runs.map(({ redrivenPerSecond }) => redrivenPerSecond));
  return {
    what: 'redrive of a DLQ',
    value,
    unit: 'messages/s',
    floor: "SQS itself moves up to 500/s; the runtime's own task",
  };
}

/** Bounded with the smallest ledger only: here a ledger is in memory, and a larger one takes more of it. */
function memory({ known, peakMiB }: PipelineRun, index: number): Figure {
  return {
    what: `peak memory of the runtime with ${known.toLocaleString('en')} events in the ledger`,
    value: peakMiB,
    unit: 'MiB',
    ...(index === 0 && { bound: { most: 600 } }),
  };
}
