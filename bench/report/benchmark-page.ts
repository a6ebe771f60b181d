import { readFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Figure, holds } from '../figure.ts';

/** `docs/benchmarks.md`: every figure with its floor and bound, and on what it was measured. */
export function benchmarkPage(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { what, value, unit, floor, bound } = figure;
    const limit = bound === undefined ? '' : 'most' in bound ? `≤ ${bound.most}` : `≥ ${bound.least}`;
    const mark = holds(figure) ? '' : ' **broken**';
    return `| ${what} | ${Number(value.toPrecision(3)).toLocaleString('en')} ${unit} | ${limit}${mark} | ${floor ?? ''} |`;
  });
  return `# Benchmarks

Written by \`npm run bench -- --write\`; not by hand. Take the ratios (×): each was measured in one run, in turn with the floor that stands beside it. The other figures are this machine's own.

SDK clients alone are what esbuild makes of them. Ours are built without what the SDK imports dynamically ([decision 7](decisions/0007-one-folder-per-function.md)); how much is left over clients that are built so, too, stands in a row of its own.

| What | Figure | Bound | Against |
|---|---|---|---|
${rows.join('\n')}

![Events a second, end to end on the embedded runtime, by the number of events in the ledger](benchmarks.svg)

Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}, Node ${process.versions.node}; ${versions().join(', ')}.
`;
}

function versions(): readonly string[] {
  const manifest: { devDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
  );
  const names = ['@aws-sdk/client-dynamodb', '@aws-sdk/client-eventbridge', 'stripe', 'esbuild', 'dynalite'];
  return names.map((name) => `${name} ${manifest.devDependencies[name]}`);
}
