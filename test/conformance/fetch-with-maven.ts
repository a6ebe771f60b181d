import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface MavenLibraries {
  /** Folder with every jar. */
  readonly folder: string;
  /** Why they cannot be had on this machine; `undefined` when they are there. */
  readonly missing?: string;
}

/**
 * Fetches what a `pom.xml` names, once, into `dist/conformance/<name>`.
 * @param jar file that is there when all is there
 */
export function fetchWithMaven(pom: string, jar: string): MavenLibraries {
  const folder = join(root, 'dist/conformance', dirname(pom).split('/').at(-1) ?? '');
  if (spawnSync('java', ['-version']).status !== 0) {
    return { folder, missing: 'java is not installed (17 or newer is needed)' };
  }
  if (existsSync(join(folder, jar))) return { folder };
  if (spawnSync('mvn', ['-version']).status !== 0) return { folder, missing: 'mvn is not installed' };
  mkdirSync(folder, { recursive: true });
  const copy = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
  const fetched = spawnSync('mvn', copy, { encoding: 'utf8' });
  return fetched.status === 0
    ? { folder }
    : { folder, missing: `mvn could not fetch ${jar}: ${fetched.stdout.trim()}` };
}
