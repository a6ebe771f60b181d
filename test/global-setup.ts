import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** Whatever a template or a bundle is made of. */
const SOURCES = ['infra/**/*.ts', 'functions/**/*.ts', 'shared/**/*.ts', 'cdk.json', 'package-lock.json'];

/**
 * Bundles and synthesizes once before the tests, so that they work on a fresh clone; not when what stands is newer
 * than all it is made of.
 */
export function setup(): void {
  const synthesized = modified('cdk.out/manifest.json');
  if (globSync(SOURCES, { cwd: root }).every((source) => modified(source) < synthesized)) return;

  const cli = join(root, 'node_modules/aws-cdk/bin/cdk');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'synth', '--quiet'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`cdk synth ended with ${status}:\n${stdout}\n${stderr}`);
}

/** Unix milliseconds of the last change; 0 for what does not exist. */
function modified(path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
