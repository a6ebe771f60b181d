import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fetchWithMaven, type MavenLibraries } from '../fetch-with-maven.ts';
import type { Pair } from './pairs.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** AWS's engine, fetched with Maven the first time. */
export function libraries(): MavenLibraries {
  return fetchWithMaven(join(here, 'pom.xml'), 'event-ruler-2.0.1.jar');
}

/** Asks AWS's engine about each pair, in order: `match`, `no match`, or `refused` or `error` and the reason. */
export async function* officialAnswers(folder: string, pairs: readonly Pair[]): AsyncGenerator<string> {
  const java = spawn('java', ['-cp', join(folder, '*'), join(here, 'Harness.java')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null | string>((resolve) => {
    java.once('error', ({ message }) => resolve(message));
    java.once('close', resolve);
  });
  // Who has ended reads no more; the status below says that it has.
  java.stdin.on('error', () => undefined);
  java.stdin.end(pairs.map(({ pattern, event }) => `${pattern}\t${event}\n`).join(''));
  yield* createInterface({ input: java.stdout });
  const status = await ended;
  if (status !== 0) throw new Error(`the harness of event-ruler ended with status ${status}; expected 0`);
}
