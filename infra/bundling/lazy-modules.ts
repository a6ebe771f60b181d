import { basename, extname } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Takes the modules that the project's own code imports dynamically out of a build, to be built by themselves. In one
 * build esbuild would move all that such a module could share with eager code, used there or not, into chunks that
 * load at every cold start: 21 KiB of XML and query protocols for an S3 client that only an oversize event needs.
 */
export class LazyModules {
  /** Paths of the modules, by the name under which the built code imports them. */
  readonly entries = new Map<string, string>();

  readonly plugin: Plugin = {
    name: 'lazy-modules',
    setup: (build) => {
      build.onResolve({ filter: /./ }, async ({ kind, path, importer, resolveDir }) => {
        if (kind !== 'dynamic-import' || importer.includes('node_modules')) return undefined;
        const resolved = await build.resolve(path, { kind: 'import-statement', importer, resolveDir });
        if (resolved.errors.length > 0 || resolved.external) return resolved;
        const name = `lazy-${path.startsWith('@') ? path.slice(1).replaceAll('/', '-') : basename(path, extname(path))}`;
        this.entries.set(name, resolved.path);
        return { path: `./${name}.mjs`, external: true };
      });
    },
  };
}
