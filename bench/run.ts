import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundles } from './build-bundles.ts';
import { COLD_START_FLOORS, measureColdStart, measureSizes } from './cold-start/measure-cold-start.ts';
import { type Figure, holds } from './figure.ts';
import { measureIngress } from './ingress/measure-ingress.ts';
import { measurePipeline } from './pipeline/measure-pipeline.ts';
import { benchmarkPage } from './report/benchmark-page.ts';
import { throughputPlot } from './report/throughput-plot.ts';
import { measureSignature } from './signature/measure-signature.ts';

const { values } = parseArgs({
  options: {
    /** Writes docs/benchmarks.md and its plot. */
    write: { type: 'boolean', default: false },
    /** Sizes of the ledger. */
    known: { type: 'string', default: '1000,10000,100000' },
  },
});
const root = join(import.meta.dirname, '..');
mkdirSync(join(root, 'dist'), { recursive: true });

const bundles = await buildBundles({ ...COLD_START_FLOORS, 'bare-calls': 'bench/ingress/bare-calls.ts' });
const figures: Figure[] = [];
const show = (...measured: readonly Figure[]) => {
  for (const figure of measured) {
    const { what, value, unit, floor } = figure;
    console.log(`${holds(figure) ? '  ' : '✗ '}${what}: ${value.toPrecision(3)} ${unit}${floor ? ` (${floor})` : ''}`);
  }
  figures.push(...measured);
};
try {
  show(...measureSizes(bundles));
  show(...measureSignature());
  show(await measureIngress(bundles.pathOf('ingress'), bundles.pathOf('bare-calls')));
  show(...measureColdStart(bundles));
} finally {
  rmSync(dirname(dirname(bundles.pathOf('ingress'))), { recursive: true });
}
const pipeline = await measurePipeline(values.known.split(',').map(Number));
show(...pipeline.figures);

if (values.write) {
  writeFileSync(join(root, 'docs/benchmarks.md'), benchmarkPage(figures));
  writeFileSync(join(root, 'docs/benchmarks.svg'), throughputPlot(pipeline.runs));
}
const broken = figures.filter((figure) => !holds(figure));
console.log(`Benchmarks: ${figures.length} figures, ${broken.length} beyond their bound.`);
if (broken.length > 0) process.exitCode = 1;
