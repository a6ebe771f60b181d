import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundles } from './build-bundles.ts';
import { COLD_START_FLOORS, measureColdStart, measureSizes } from './cold-start/measure-cold-start.ts';
import { type Figure, holds } from './figure.ts';
import { measureIngress } from './ingress/measure-ingress.ts';
import { measurePipeline } from './pipeline/measure-pipeline.ts';
import type { PipelineRun } from './pipeline/pipeline-run.ts';
import { benchmarkPage } from './report/benchmark-page.ts';
import { throughputPlot } from './report/throughput-plot.ts';
import { measureSignature } from './signature/measure-signature.ts';

const { values } = parseArgs({
  options: {
    /** Writes docs/benchmarks.md and its plot. */
    write: { type: 'boolean', default: false },
    /** Sizes of the ledger. */
    known: { type: 'string', default: '1000,10000,100000' },
    /** Measures some parts only, parted by commas: sizes, signature, ingress, cold-start, pipeline. */
    only: { type: 'string' },
  },
});
const root = join(import.meta.dirname, '..');
mkdirSync(join(root, 'dist'), { recursive: true });

const bundles = await buildBundles({ ...COLD_START_FLOORS, 'bare-calls': 'bench/ingress/bare-calls.ts' });
const figures: Figure[] = [];
const runs: PipelineRun[] = [];
const show = (...measured: readonly Figure[]) => {
  for (const figure of measured) {
    const { what, value, unit, floor } = figure;
    console.log(`${holds(figure) ? '  ' : '✗ '}${what}: ${value.toPrecision(3)} ${unit}${floor ? ` (${floor})` : ''}`);
  }
  figures.push(...measured);
};
const measures: Readonly<Record<string, () => unknown>> = {
  sizes: () => show(...measureSizes(bundles)),
  signature: () => show(...measureSignature()),
  ingress: async () => show(await measureIngress(bundles.pathOf('ingress'), bundles.pathOf('bare-calls'))),
  'cold-start': async () => show(...(await measureColdStart(bundles))),
  pipeline: async () => {
    const measured = await measurePipeline(values.known.split(',').map(Number));
    runs.push(...measured.runs);
    show(...measured.figures);
  },
};
const wanted = values.only?.split(',') ?? Object.keys(measures);
try {
  for (const name of wanted) {
    const measure = measures[name];
    if (measure === undefined)
      throw new Error(`There is nothing named "${name}" to measure; give some of ${Object.keys(measures).join(', ')}.`);
    await measure();
  }
} finally {
  rmSync(dirname(dirname(bundles.pathOf('ingress'))), { recursive: true });
}

if (values.write && values.only !== undefined)
  throw new Error('A page of some figures would hide the others: give --write or --only.');
if (values.write) {
  writeFileSync(join(root, 'docs/benchmarks.md'), benchmarkPage(figures));
  writeFileSync(join(root, 'docs/benchmarks.svg'), throughputPlot(runs));
}
const broken = figures.filter((figure) => !holds(figure));
console.log(`Benchmarks: ${figures.length} figures, ${broken.length} beyond their bound.`);
if (broken.length > 0) process.exitCode = 1;
