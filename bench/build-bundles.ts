import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFunctions, type FunctionSize } from '#infra/bundling/bundle-functions.ts';
import { FUNCTION_ENTRIES } from '#infra/bundling/function-entries.ts';

const root = join(import.meta.dirname, '..');

/** Built code, one folder per name with an `index.mjs`. */
export interface Bundles {
  pathOf(name: string): string;
  readonly sizes: Readonly<Record<string, FunctionSize>>;
}

/**
 * The deployed functions and the floors they are held against, all built by the same esbuild settings: but each floor
 * by itself, as a project that consisted of nothing else would build it.
 */
export async function buildBundles(floors: Readonly<Record<string, string>>): Promise<Bundles> {
  const outFolder = mkdtempSync(join(root, 'dist/bench-'));
  const sizes = { ...(await bundleFunctions({ root, entries: FUNCTION_ENTRIES, outFolder })) };
  for (const [name, path] of Object.entries(floors)) {
    Object.assign(sizes, await bundleFunctions({ root, entries: [{ name, path }], outFolder }));
  }
  return { sizes, pathOf: (name) => join(outFolder, name, 'index.mjs') };
}
