import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import type { Bundles } from '../build-bundles.ts';
import { functionEnvironment } from '../environment.ts';
import { type Figure, median } from '../figure.ts';

const RUNS = 15;

/** Source files of what cold starts are held against, by name. */
export const COLD_START_FLOORS = {
  'ingress-clients': 'bench/cold-start/ingress-clients.ts',
  'handler-clients': 'bench/cold-start/handler-clients.ts',
  'usual-handler': 'bench/cold-start/usual-handler.ts',
} as const;

type Name = keyof typeof COLD_START_FLOORS | 'ingress' | 'handler-billing';

/** Import of each bundle in fresh processes, in turn, over the import of its SDK clients alone. */
export function measureColdStart(bundles: Bundles): readonly Figure[] {
  const names: readonly Name[] = ['ingress', 'ingress-clients', 'handler-billing', 'handler-clients', 'usual-handler'];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const name of names) times.get(name)?.push(importMs(bundles.pathOf(name)));
  }
  const of = (name: Name) => times.get(name) ?? [];
  const ratio = (name: Name, floor: Name) => median(of(name).map((time, i) => time / (of(floor)[i] ?? 0)));
  const ms = (name: Name) => `${median(of(name)).toFixed(1)} ms`;
  const over = (name: Name, floor: Name): Figure => ({
    what: `cold import of ${name}`,
    value: ratio(name, floor),
    unit: '×',
    floor: `its SDK clients alone, ${ms(floor)}; ours ${ms(name)} (median of ${RUNS})`,
    bound: { most: 1.15 },
  });
  return [
    over('ingress', 'ingress-clients'),
    over('handler-billing', 'handler-clients'),
    {
      what: 'cold import of ingress, against the usual handler',
      value: ratio('ingress', 'usual-handler'),
      unit: '×',
      floor: `a handler on the stripe SDK and Powertools' idempotency and parser, ${ms('usual-handler')}, ${kib(bundles, 'usual-handler')} KiB`,
    },
  ];
}

/** Minified code that a function loads at a cold start. */
export function measureSizes(bundles: Bundles): readonly Figure[] {
  const size = (name: string, most: number): Figure => ({
    what: `code that ${name} loads at a cold start`,
    value: kib(bundles, name),
    unit: 'KiB',
    bound: { most },
  });
  return [size('ingress', 310), size('handler-billing', 340)];
}

function kib({ sizes }: Bundles, name: string): number {
  return Math.round((sizes[name]?.staticBytes ?? Number.NaN) / 1024);
}

function importMs(path: string): number {
  const script = `const started = performance.now(); await import(${JSON.stringify(pathToFileURL(path).href)}); process.stdout.write(String(performance.now() - started)); process.exit(0);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: functionEnvironment('http://127.0.0.1:1'),
  });
  if (status !== 0)
    throw new Error(`Importing ${path} ended with ${status}: ${/^\w*Error: .*$/m.exec(stderr)?.[0] ?? stderr}`);
  return Number(stdout);
}
