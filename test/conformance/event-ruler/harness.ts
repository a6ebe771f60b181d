import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Pair } from './pairs.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const libraries = fileURLToPath(new URL('../../../dist/conformance/event-ruler', import.meta.url));

/** Why AWS's engine cannot be run on this machine; `undefined` when it can. Fetches it with Maven the first time. */
export function unavailable(): string | undefined {
  if (spawnSync('java', ['-version']).status !== 0) return 'java is not installed (17 or newer is needed)';
  if (existsSync(join(libraries, 'event-ruler-2.0.1.jar'))) return undefined;
  if (spawnSync('mvn', ['-version']).status !== 0) return 'mvn is not installed';
  mkdirSync(libraries, { recursive: true });
  const pom = join(here, 'pom.xml');
  const fetched = spawnSync(
    'mvn',
    ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${libraries}`],
    { encoding: 'utf8' },
  );
  return fetched.status === 0 ? undefined : `mvn could not fetch event-ruler: ${fetched.stdout.trim()}`;
}

/** Asks AWS's engine about each pair, in order: `match`, `no match`, or `refused` or `error` and the reason. */
export async function* officialAnswers(pairs: readonly Pair[]): AsyncGenerator<string> {
  const java = spawn('java', ['-cp', join(libraries, '*'), join(here, 'Harness.java')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    java.once('error', reject);
    java.once('close', resolve);
  });
  java.stdin.end(pairs.map(({ pattern, event }) => `${pattern}\t${event}\n`).join(''));
  yield* createInterface({ input: java.stdout });
  const status = await ended;
  if (status !== 0) throw new Error(`the harness of event-ruler ended with status ${status}; expected 0`);
}
