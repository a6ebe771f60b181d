import { mkdtempSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import {
  bundleFunctions,
  ESBUILD_SETTINGS,
  type FunctionSize,
  functionSize,
} from '#infra/bundling/bundle-functions.ts';
import { FUNCTION_ENTRIES } from '#infra/bundling/function-entries.ts';
import { importGraph } from '#infra/bundling/import-graph.ts';

const root = join(import.meta.dirname, '..');

/** Built code, one folder per name with an `index.mjs`. */
export interface Bundles {
  pathOf(name: string): string;
  readonly sizes: Readonly<Record<string, FunctionSize>>;
}

/**
 * The deployed functions and the floors they are held against. Each floor is built by itself, as a project that
 * consisted of nothing else would build it: by esbuild with the same settings. Clients are built a second time, as ours
 * are, under the name {@link builtAsOurs} gives.
 */
export async function buildBundles(floors: Readonly<Record<string, string>>): Promise<Bundles> {
  const outFolder = mkdtempSync(join(root, 'dist/bench-'));
  const clients = Object.entries(floors).filter(([name]) => name.endsWith('-clients'));
  const entries = [...FUNCTION_ENTRIES, ...clients.map(([name, path]) => ({ name: builtAsOurs(name), path }))];
  const sizes = { ...(await bundleFunctions({ root, entries, outFolder })) };
  for (const [name, path] of Object.entries(floors)) sizes[name] = await buildAlone(path, join(outFolder, name));
  return { sizes, pathOf: (name) => join(outFolder, name, 'index.mjs') };
}

/** Name of a floor that was built as our functions are: what the SDK imports dynamically by itself. */
export function builtAsOurs<Name extends string>(name: Name): `${Name}-as-ours` {
  return `${name}-as-ours`;
}

async function buildAlone(path: string, outdir: string): Promise<FunctionSize> {
  const entryPoints = { index: path };
  const { metafile } = await build({ ...ESBUILD_SETTINGS, absWorkingDir: root, entryPoints, outdir, write: true });
  return functionSize(metafile.outputs, importGraph(metafile.outputs, relative(root, join(outdir, 'index.mjs'))));
}
