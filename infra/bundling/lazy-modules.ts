import { basename, extname } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Takes the modules that are imported dynamically out of a build, to be built by themselves. In one build esbuild would
 * move all that such a module shares with eager code, used there or not, into chunks that load at every cold start: of a
 * handler's 16 % would be code for an S3 client that only an oversize event needs, or for credentials that Lambda does not
 * use, and all of it in ten files and not in one or two.
 *
 * What is built by itself has its own copies of what it shares. So a dynamically imported module may not keep a state
 * that eager code must see, nor hand out classes that eager code tells apart by `instanceof`.
 */
export class LazyModules {
  /** Paths of the modules, by the name under which the built code imports them. */
  readonly entries = new Map<string, string>();

  readonly plugin: Plugin = {
    name: 'lazy-modules',
    setup: (build) => {
      build.onResolve({ filter: /./ }, async ({ kind, path, importer, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const resolved = await build.resolve(path, { kind: 'import-statement', importer, resolveDir });
        if (resolved.errors.length > 0 || resolved.external) return resolved;
        const name = `lazy-${path.startsWith('.') ? basename(path, extname(path)) : path.replace('@', '').replaceAll('/', '-')}`;
        const known = this.entries.get(name);
        if (known !== undefined && known !== resolved.path)
          return { errors: [{ text: `Two modules would be built as ${name}: ${known} and ${resolved.path}.` }] };
        this.entries.set(name, resolved.path);
        return { path: `./${name}.mjs`, external: true };
      });
    },
  };
}
