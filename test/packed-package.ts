import { execFileSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildPackage, TARBALL } from '../scripts/package/build-package.ts';

const root = join(import.meta.dirname, '..');
const modules = join(root, 'node_modules');
const folder = join(root, 'dist', 'package-for-tests');
const lock = `${folder}.lock`;
/** Whatever the package is made of. */
const SOURCES = ['{shared,consumer,infra}/**/*.ts', 'scripts/package/*', 'package.json', 'package-lock.json'];
/** Longer than any packing takes; who holds the lock for longer was killed. */
const LOCK_MS = 120_000;

/** Packs the package as `npm run package` does, once for all test files until something of it changes. */
export function packed(): string {
  const newest = Math.max(...globSync(SOURCES, { cwd: root }).map((source) => statSync(join(root, source)).mtimeMs));
  whileLocked(() => {
    if (readStamp() === String(newest)) return;
    buildPackage(folder);
    writeFileSync(join(folder, '.made-from'), String(newest));
  });
  return folder;
}

function readStamp(): string {
  try {
    return readFileSync(join(folder, '.made-from'), 'utf8');
  } catch {
    return '';
  }
}

/** Test files run in processes of their own: one works, the others wait for it. */
function whileLocked(work: () => void): void {
  mkdirSync(dirname(lock), { recursive: true });
  while (!tryLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  try {
    work();
  } finally {
    rmdirSync(lock);
  }
}

function tryLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > LOCK_MS) rmdirSync(lock);
    return false;
  }
}

/**
 * A project outside the tree in which npm has installed the tarball. What else it needs are links to what this
 * repository has, so that nothing is fetched.
 * @param packageFolder what {@link packed} gave
 * @param source a project's folder, or its files by name
 * @param linked packages that the project finds besides
 */
export function projectWith(
  packageFolder: string,
  source: string | Readonly<Record<string, string>>,
  linked: readonly string[],
): string {
  const project = mkdtempSync(join(tmpdir(), 'stripe-fanout-project-'));
  if (typeof source === 'string') {
    cpSync(source, project, { recursive: true, filter: (path) => !/[\\/](node_modules|cdk\.out|dist)$/.test(path) });
  } else {
    for (const [name, text] of Object.entries(source)) writeFileSync(join(project, name), text);
  }
  const dependencies = { 'stripe-fanout': `file:${join(packageFolder, TARBALL)}` };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
  const options = [
    '--offline',
    '--legacy-peer-deps',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  execFileSync('npm', ['install', ...options], { cwd: project, shell: process.platform === 'win32' });
  for (const name of linked) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(modules, name), link, 'junction');
  }
  return project;
}
