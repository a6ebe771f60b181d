import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the function, AWS's clients included, so that what was tested is what runs. @returns its folder */
export async function bundleHandler(): Promise<string> {
  const folder = join(import.meta.dirname, 'dist', 'handler');
  await build({
    entryPoints: [join(import.meta.dirname, 'handler', 'lambda.ts')],
    outfile: join(folder, 'index.cjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    logLevel: 'error',
  });
  return folder;
}
