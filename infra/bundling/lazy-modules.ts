import { hash } from 'node:crypto';
import { relative, sep } from 'node:path';
import type { Plugin } from 'esbuild';

/** Packages whose parts do not mind being there twice: see {@link LazyModules}. */
const APART = [`${sep}node_modules${sep}@aws-sdk${sep}`, `${sep}node_modules${sep}@smithy${sep}`];

/**
 * Takes what is imported dynamically of the AWS SDK out of a build, to be built by itself: the client of a rare path, and
 * the sources of credentials that Lambda does not use. In one build esbuild would move all that such a module shares with
 * eager code, used there or not, into chunks that load at every cold start: a sixth of a handler's code.
 *
 * What is built by itself has its own copies of what it shares, and a class of one copy is not that of the other. The SDK
 * minds neither: it tells its errors apart by name and by `tryNextLink`, and keeps no state that such a part would
 * share. Of nothing else is that known, so all other dynamic imports, our own among them, are left to esbuild.
 */
export class LazyModules {
  readonly #paths = new Map<string, string>();

  /** Paths of the modules, by the name under which the built code imports them; always in the same order. */
  get entries(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#paths].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  readonly plugin: Plugin = {
    name: 'lazy-modules',
    setup: (build) => {
      const { absWorkingDir = process.cwd() } = build.initialOptions;
      build.onResolve({ filter: /./ }, async ({ kind, path, importer, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const resolved = await build.resolve(path, { kind: 'import-statement', importer, resolveDir });
        if (!APART.some((part) => resolved.path.includes(part))) return undefined;
        const name = nameOf(path, relative(absWorkingDir, resolved.path));
        this.#paths.set(name, resolved.path);
        return { path: `./${name}.mjs`, external: true };
      });
    },
  };
}

/** @param path from the project's root: two versions of one package are two modules */
function nameOf(specifier: string, path: string): string {
  const readable = specifier
    .replaceAll(/[^\w-]+/g, ' ')
    .trim()
    .replaceAll(' ', '-');
  return `lazy-${readable}-${hash('sha256', path).slice(0, 8)}`;
}
