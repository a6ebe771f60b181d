import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { ENTRY_POINTS } from '../../../scripts/package/entry-points.ts';

const root = join(import.meta.dirname, '../../..');
const KIB = 1024;

/** What a consumer's bundler makes of all that `stripe-fanout/events` exports, but for the clients. */
async function bundled() {
  const contents = (ENTRY_POINTS.events ?? []).map((module) => `export * from './${module}';`).join('\n');
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    external: ['@aws-sdk/*'],
  });
  const [output] = Object.values(metafile.outputs);
  return {
    bytes: outputFiles[0]?.contents.length ?? 0,
    inputs: Object.keys(metafile.inputs),
    imports: output?.imports ?? [],
  };
}

it('costs a function less than 40 KiB, without the clients that it loads when it needs them', async () => {
  const { bytes, inputs, imports } = await bundled();

  expect(bytes).toBeGreaterThan(5 * KIB);
  expect(bytes).toBeLessThan(40 * KIB);
  expect(inputs.filter((path) => /node_modules|^(infra|functions)\/|generated|samples/.test(path))).toEqual([]);
  const packages = imports.filter(({ path }) => !path.startsWith('node:'));
  expect(new Set(packages.map(({ path, kind }) => `${kind} ${path}`))).toEqual(
    new Set(['dynamic-import @aws-sdk/client-dynamodb', 'dynamic-import @aws-sdk/client-s3']),
  );
});
