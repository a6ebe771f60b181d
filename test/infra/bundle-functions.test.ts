import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions, type FunctionSize, SIZES_FILE } from '#infra/bundling/bundle-functions.ts';
import { FUNCTION_ENTRIES } from '#infra/bundling/function-entries.ts';

const KIB = 1_024;
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'stripe-fanout-bundles-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file system's view of a folder: names and contents. */
const contentsOf = (path: string) =>
  Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'utf8')]));

describe('bundleFunctions', () => {
  const project = join(folder, 'project');
  const outFolder = join(project, 'dist');
  const entries = ['first', 'second'].map((name) => ({ name, path: `${name}.ts` }));
  const build = () => bundleFunctions({ root: project, entries, outFolder });

  beforeAll(() => {
    mkdirSync(project);
    writeFileSync(join(project, 'shared.ts'), `export const shared = (n: number): string => 'shared'.repeat(n);`);
    writeFileSync(join(project, 'rare.ts'), `export const rare = (): string => 'only on the rare path';`);
    writeFileSync(
      join(project, 'first.ts'),
      `import { shared } from './shared.ts'; export const handler = async (n: number) => n > 9 ? (await import('./rare.ts')).rare() : shared(n);`,
    );
    writeFileSync(
      join(project, 'second.ts'),
      `import { shared } from './shared.ts'; export const handler = (n: number) => shared(n);`,
    );
  });

  it('gives each function a folder that runs by itself', async () => {
    await build();

    const first = await import(join(outFolder, 'first', 'index.mjs'));
    const second = await import(join(outFolder, 'second', 'index.mjs'));
    expect(await first.handler(2)).toBe('sharedshared');
    expect(await first.handler(10)).toBe('only on the rare path');
    expect(second.handler(1)).toBe('shared');
  });

  it('counts what loads at a cold start apart from what a rare path loads', async () => {
    const { first, second } = await build();

    expect(first?.dynamicBytes).toBeGreaterThan(0);
    expect(second?.dynamicBytes).toBe(0);
    expect(JSON.parse(readFileSync(join(outFolder, SIZES_FILE), 'utf8'))).toEqual({ first, second });
  });

  it('leaves the folder of a function as it was when only another one changes', async () => {
    await build();
    const before = contentsOf(join(outFolder, 'second'));
    const changed = contentsOf(join(outFolder, 'first'));
    writeFileSync(
      join(project, 'first.ts'),
      `import { shared } from './shared.ts'; export const handler = (n: number) => shared(n + 1);`,
    );
    await build();

    expect(contentsOf(join(outFolder, 'second'))).toEqual(before);
    expect(contentsOf(join(outFolder, 'first'))).not.toEqual(changed);
  });

  it('takes away the files that a function no longer needs', async () => {
    await build();

    expect(readdirSync(join(outFolder, 'first')).filter((name) => name.startsWith('lazy-'))).toEqual([]);
  });
});

describe('the functions', () => {
  let sizes: Record<string, FunctionSize>;
  beforeAll(async () => {
    sizes = await bundleFunctions({ root, entries: FUNCTION_ENTRIES, outFolder: join(folder, 'functions') });
  });

  it('loads at most 310 KiB at a cold start of ingress', () => {
    expect(sizes.ingress?.staticBytes).toBeLessThanOrEqual(310 * KIB);
  });

  it.each(FUNCTION_ENTRIES.filter(({ name }) => name.startsWith('handler-')))(
    'loads at most 340 KiB at a cold start of $name',
    ({ name }) => {
      expect(sizes[name]?.staticBytes).toBeGreaterThan(0);
      expect(sizes[name]?.staticBytes).toBeLessThanOrEqual(340 * KIB);
    },
  );

  it('keeps the S3 client out of a cold start', () => {
    const ingress = contentsOf(join(folder, 'functions', 'ingress'));
    const [lazy] = Object.keys(ingress).filter((name) => name.startsWith('lazy-'));

    expect(lazy).toBeDefined();
    expect(sizes.ingress?.dynamicBytes).toBeGreaterThan(100 * KIB);
  });
});
