import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { MOST_COLD_START_KIB } from '#infra/bundling/size-bounds.ts';
import { type Bundles, builtAsOurs } from '../build-bundles.ts';
import { functionEnvironment } from '../environment.ts';
import { type Figure, median } from '../figure.ts';
import { withNullAws } from '../with-null-aws.ts';

const ROUNDS = 15;
/** Imports of each bundle in one round. Others on the machine delay a single one by up to half of its time. */
const TRIES = 3;

/** Source files of what cold starts are held against, by name. */
export const COLD_START_FLOORS = {
  'ingress-clients': 'bench/cold-start/ingress-clients.ts',
  'handler-clients': 'bench/cold-start/handler-clients.ts',
  'partner-ingress-clients': 'bench/cold-start/partner-ingress-clients.ts',
  'resolver-clients': 'bench/cold-start/resolver-clients.ts',
  'authorizer-clients': 'bench/cold-start/authorizer-clients.ts',
  'reconciler-clients': 'bench/cold-start/reconciler-clients.ts',
  'delivery-check-clients': 'bench/cold-start/delivery-check-clients.ts',
  'destination-check-clients': 'bench/cold-start/destination-check-clients.ts',
  'usual-handler': 'bench/cold-start/usual-handler.ts',
} as const;

/**
 * Each bundle, with its own SDK clients as the floor, and the most KiB that it may load where that is promised. The
 * handlers of all domains are the same but for their reactions; billing has some, and stands for them.
 */
export const BUNDLES = [
  { name: 'ingress', floor: 'ingress-clients', mostKib: MOST_COLD_START_KIB.ingress },
  { name: 'handler-billing', floor: 'handler-clients', mostKib: MOST_COLD_START_KIB.handler },
  { name: 'partner-ingress', floor: 'partner-ingress-clients', mostKib: undefined },
  { name: 'resolver', floor: 'resolver-clients', mostKib: undefined },
  { name: 'authorizer', floor: 'authorizer-clients', mostKib: undefined },
  { name: 'reconciler', floor: 'reconciler-clients', mostKib: undefined },
  { name: 'delivery-check', floor: 'delivery-check-clients', mostKib: undefined },
  { name: 'destination-check', floor: 'destination-check-clients', mostKib: undefined },
] as const;

type Floor = keyof typeof COLD_START_FLOORS;
type Name = Floor | `${Floor}-as-ours` | (typeof BUNDLES)[number]['name'];

/**
 * Import of each bundle in fresh processes, in turn, over the import of its SDK clients alone: the median of the rounds,
 * of each of which the quickest try counts. The bound holds against clients as esbuild builds them. What is left when
 * they too are built as ours are stands beside it: how we build is worth more than all that we add to the clients.
 */
export async function measureColdStart(bundles: Bundles): Promise<readonly Figure[]> {
  // The authorizer reads its secrets while it starts.
  const times = await withNullAws((endpoint) => importTimes(bundles, functionEnvironment(endpoint)));
  const of = (name: Name) => times.get(name) ?? [];
  const ratio = (name: Name, floor: Name) => median(of(name).map((time, i) => time / (of(floor)[i] ?? 0)));
  const ms = (name: Name) => `${median(of(name)).toFixed(1)} ms`;
  const over = (name: Name, floor: Floor): readonly Figure[] => [
    {
      what: `cold import of ${name}`,
      value: ratio(name, floor),
      unit: '×',
      floor: `its SDK clients alone, ${ms(floor)}; ours ${ms(name)} (median of ${ROUNDS} rounds, of each the quickest of ${TRIES})`,
      bound: { most: 1.15 },
    },
    {
      what: `cold import of ${name}, its clients built as it is`,
      value: ratio(name, builtAsOurs(floor)),
      unit: '×',
      floor: `the same clients without what they import dynamically, ${ms(builtAsOurs(floor))}`,
    },
  ];
  return [
    ...BUNDLES.flatMap(({ name, floor }) => over(name, floor)),
    {
      what: 'cold import of ingress, against the usual handler',
      value: ratio('ingress', 'usual-handler'),
      unit: '×',
      floor: `a handler on the stripe SDK, Powertools' idempotency and parser, and, as ours, its logger, metrics and middy, ${ms('usual-handler')}, ${kib(bundles, 'usual-handler')} KiB`,
    },
  ];
}

function importTimes(bundles: Bundles, env: NodeJS.ProcessEnv): ReadonlyMap<Name, readonly number[]> {
  const names: readonly Name[] = [
    ...BUNDLES.flatMap(({ name, floor }) => [floor, name, builtAsOurs(floor)]),
    'usual-handler',
  ];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const quickest = new Map<Name, number>();
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      for (const name of names) {
        const ms = importMs(bundles.pathOf(name), env);
        quickest.set(name, Math.min(ms, quickest.get(name) ?? ms));
      }
    }
    for (const [name, ms] of quickest) times.get(name)?.push(ms);
  }
  return times;
}

/** Minified code that a function loads at a cold start. */
export function measureSizes(bundles: Bundles): readonly Figure[] {
  return BUNDLES.map(({ name, mostKib }) => ({
    what: `code that ${name} loads at a cold start`,
    value: kib(bundles, name),
    unit: 'KiB',
    ...(mostKib !== undefined && { bound: { most: mostKib } }),
  }));
}

function kib({ sizes }: Bundles, name: string): number {
  return Math.round((sizes[name]?.staticBytes ?? Number.NaN) / 1024);
}

function importMs(path: string, env: NodeJS.ProcessEnv): number {
  const script = `const started = performance.now(); await import(${JSON.stringify(pathToFileURL(path).href)}); process.stdout.write(String(performance.now() - started)); process.exit(0);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env,
  });
  if (status !== 0)
    throw new Error(`Importing ${path} ended with ${status}: ${/^\w*Error: .*$/m.exec(stderr)?.[0] ?? stderr}`);
  return Number(stdout);
}
