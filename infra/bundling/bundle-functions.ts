import { basename, join, relative } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import type { FunctionEntry } from './function-entries.ts';
import { type ImportGraph, importGraph } from './import-graph.ts';
import { LazyModules } from './lazy-modules.ts';
import { replaceFolder } from './replace-folder.ts';
import { writeWhole } from './write-whole.ts';

/** What one function weighs, in bytes of minified code. */
export interface FunctionSize {
  /** Loaded at every cold start. */
  readonly staticBytes: number;
  /** Loaded only when a rare path needs it. */
  readonly dynamicBytes: number;
}

export interface BundleOptions {
  /** Absolute path of the project's root. */
  readonly root: string;
  readonly entries: readonly FunctionEntry[];
  /** Absolute path of the folder that gets one folder per function and {@link SIZES_FILE}. */
  readonly outFolder: string;
}

export const SIZES_FILE = 'sizes.json';

/** How esbuild builds the functions, each for Lambda's Node and as small as can be. */
export const ESBUILD_SETTINGS = {
  outExtension: { '.js': '.mjs' },
  // Content hashes: a chunk's name changes exactly when its content does.
  chunkNames: 'chunk-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  platform: 'node',
  target: 'node24',
  // Packages' ES modules come first: they are what esbuild can drop unused code from.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  // No source maps in the zip: they would triple it, and errors are told apart by code. The build is reproducible, so
  // a trace from the logs is read with maps built from the same commit.
  sourcemap: false,
  metafile: true,
  write: false,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** What esbuild made of one group, and the files' contents by the paths that the outputs have. */
interface Built {
  readonly outputs: Metafile['outputs'];
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/**
 * Builds the functions of each group together, then gives each function a folder with only the files it can reach: a
 * change in one function leaves the folders of other groups byte for byte as they were, and those of its own group
 * unless they share what changed: a deploy updates only what did.
 * @returns sizes by function name, as written to {@link SIZES_FILE}
 */
export async function bundleFunctions({
  root,
  entries,
  outFolder,
}: BundleOptions): Promise<Record<string, FunctionSize>> {
  const groups = [...Map.groupBy(entries, ({ name, group }) => group ?? name).values()];
  const sizes = await Promise.all(
    groups.map(async (group) => {
      const { outputs, contents } = await buildGroup(root, group, outFolder);
      return group.map(({ name }): [string, FunctionSize] => {
        const entry = relative(root, join(outFolder, `${name}.mjs`));
        const graph = importGraph(outputs, entry);
        replaceFolder(join(outFolder, name), deployedFiles(entry, [...graph.static, ...graph.dynamic], contents));
        return [name, functionSize(outputs, graph)];
      });
    }),
  );
  const byName = Object.fromEntries(sizes.flat());
  writeWhole(join(outFolder, SIZES_FILE), `${JSON.stringify(byName, null, 2)}\n`);
  return byName;
}

async function buildGroup(root: string, group: readonly FunctionEntry[], outFolder: string): Promise<Built> {
  const settings = { ...ESBUILD_SETTINGS, absWorkingDir: root, outdir: outFolder };
  const lazy = new LazyModules();
  // What esbuild makes depends on the order of entries, so there is only one.
  const inOrder = group.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const entryPoints = Object.fromEntries(inOrder.map(({ name, path }) => [name, path]));
  const eager = await build({ ...settings, entryPoints, plugins: [lazy.plugin] });
  const builds = [eager, await build({ ...settings, entryPoints: lazy.entries })];
  return {
    outputs: Object.assign({}, ...builds.map(({ metafile }) => metafile.outputs)),
    contents: new Map(
      builds.flatMap(({ outputFiles }) => outputFiles.map((file) => [relative(root, file.path), file.contents])),
    ),
  };
}

/** Lambda looks for `index.mjs`; chunks keep their names, by which the files import each other. */
function deployedFiles(
  entry: string,
  paths: readonly string[],
  contents: ReadonlyMap<string, Uint8Array>,
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const path of paths) {
    const content = contents.get(path);
    if (content === undefined) throw new Error(`esbuild's metafile names ${path}, but esbuild did not build it.`);
    files.set(path === entry ? 'index.mjs' : basename(path), content);
  }
  return files;
}

/** @param outputs of the builds that the graph was read from */
export function functionSize(outputs: Metafile['outputs'], graph: ImportGraph): FunctionSize {
  return { staticBytes: bytes(outputs, graph.static), dynamicBytes: bytes(outputs, graph.dynamic) };
}

function bytes(outputs: Metafile['outputs'], paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
}
