import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildPackage, TARBALL } from '../scripts/package/build-package.ts';

const modules = join(import.meta.dirname, '../node_modules');

/** Packs the package as `npm run package` does, into a folder of its own. */
export function packed(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'stripe-fanout-package-')), 'package');
  buildPackage(folder);
  return folder;
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
  const folder = mkdtempSync(join(tmpdir(), 'stripe-fanout-project-'));
  if (typeof source === 'string') {
    cpSync(source, folder, { recursive: true, filter: (path) => !/[\\/](node_modules|cdk\.out)$/.test(path) });
  } else {
    for (const [name, text] of Object.entries(source)) writeFileSync(join(folder, name), text);
  }
  const dependencies = { 'stripe-fanout': `file:${join(packageFolder, TARBALL)}` };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
  const options = [
    '--offline',
    '--legacy-peer-deps',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  execFileSync('npm', ['install', ...options], { cwd: folder, shell: process.platform === 'win32' });
  for (const name of linked) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(modules, name), link, 'junction');
  }
  return folder;
}
