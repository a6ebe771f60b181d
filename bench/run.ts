import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runTrial, type Verdict } from '#local/terminal/run-trial.ts';
import { BENCH_USAGE, type BenchArguments, benchArguments, type Part } from './bench-arguments.ts';
import { buildBundles } from './build-bundles.ts';
import { COLD_START_FLOORS, measureColdStart, measureSizes } from './cold-start/measure-cold-start.ts';
import { type Figure, figureSummary, holds } from './figure.ts';
import { measureIngress } from './ingress/measure-ingress.ts';
import { measurePipeline } from './pipeline/measure-pipeline.ts';
import type { PipelineRun } from './pipeline/pipeline-run.ts';
import { benchmarkPage } from './report/benchmark-page.ts';
import { throughputPlot } from './report/throughput-plot.ts';
import { measureSignature } from './signature/measure-signature.ts';

const root = join(import.meta.dirname, '..');

process.exitCode = await runTrial({ usage: BENCH_USAGE, read: benchArguments, run: bench }, process.argv.slice(2));

async function bench({ parts, known, write }: BenchArguments): Promise<Verdict> {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const bundles = await buildBundles({ ...COLD_START_FLOORS, 'bare-calls': 'bench/ingress/bare-calls.ts' });
  const figures: Figure[] = [];
  const runs: PipelineRun[] = [];
  const measures: Readonly<Record<Part, () => readonly Figure[] | Promise<readonly Figure[]>>> = {
    sizes: () => measureSizes(bundles),
    signature: () => measureSignature(),
    ingress: async () => [await measureIngress(bundles.pathOf('ingress'), bundles.pathOf('bare-calls'))],
    'cold-start': () => measureColdStart(bundles),
    pipeline: async () => {
      const measured = await measurePipeline(known);
      runs.push(...measured.runs);
      return measured.figures;
    },
  };
  try {
    for (const part of parts) {
      const measured = await measures[part]();
      for (const figure of measured) console.log(shown(figure));
      figures.push(...measured);
    }
  } finally {
    rmSync(dirname(dirname(bundles.pathOf('ingress'))), { recursive: true });
  }
  if (write) {
    writeFileSync(join(root, 'docs/benchmarks.md'), benchmarkPage(figures));
    writeFileSync(join(root, 'docs/benchmarks.svg'), throughputPlot(runs));
  }
  return { kept: figures.every(holds), text: figureSummary(figures) };
}

function shown(figure: Figure): string {
  const { what, value, unit, floor } = figure;
  return `${holds(figure) ? '  ' : '✗ '}${what}: ${value.toPrecision(3)} ${unit}${floor ? ` (${floor})` : ''}`;
}
