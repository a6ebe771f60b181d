import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions, type FunctionSize, SIZES_FILE } from '#infra/bundling/bundle-functions.ts';
import { FUNCTION_ENTRIES } from '#infra/bundling/function-entries.ts';
import { MOST_COLD_START_KIB } from '#infra/bundling/size-bounds.ts';

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

    expect(readdirSync(join(outFolder, 'first')).filter((name) => name.startsWith('rare'))).toEqual([]);
  });
});

describe('what is loaded on first use, and is not of the AWS SDK', () => {
  const project = join(folder, 'team');
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  const handlerOf = async (source: string) => {
    write('entry.ts', source);
    const outFolder = mkdtempSync(join(project, 'out-'));
    await bundleFunctions({ root: project, entries: [{ name: 'function', path: 'entry.ts' }], outFolder });
    return (await import(join(outFolder, 'function', 'index.mjs'))).handler;
  };

  beforeAll(() => {
    write('package.json', '{ "type": "module", "imports": { "#own/*": "./own/*" } }');
    write('own/skip.ts', 'export class Skip extends Error {}');
    write('own/rare.ts', `import { Skip } from './skip.ts'; export const rare = () => { throw new Skip(); };`);
    write('node_modules/pack/package.json', '{ "name": "pack", "type": "module", "exports": "./index.js" }');
    write('node_modules/pack/state.js', 'export const state = { is: "unset" };');
    write('node_modules/pack/impl.js', `import { state } from './state.js'; export const read = () => state.is;`);
    write(
      'node_modules/pack/index.js',
      `import { state } from './state.js';
       export const configure = () => { state.is = 'configured'; };
       export const read = async () => (await import('./impl.js')).read();
       export const optional = async () => { try { return await import('absent'); } catch { return 'without'; } };`,
    );
  });

  it('throws errors of the classes that the function knows', async () => {
    const handler = await handlerOf(
      `import { Skip } from '#own/skip.ts';
       export const handler = async () => {
         try { (await import('#own/rare.ts')).rare(); } catch (thrown) { return thrown instanceof Skip; }
       };`,
    );

    expect(await handler()).toBe(true);
  });

  it('shares the state of its package, which may do without another one', async () => {
    const handler = await handlerOf(
      `import { configure, optional, read } from 'pack';
       export const handler = async () => { configure(); return [await read(), await optional()]; };`,
    );

    expect(await handler()).toEqual(['configured', 'without']);
  });
});

describe('the functions', () => {
  let sizes: Record<string, FunctionSize>;
  beforeAll(async () => {
    sizes = await bundleFunctions({ root, entries: FUNCTION_ENTRIES, outFolder: join(folder, 'functions') });
  });

  it('loads at most what is promised at a cold start of ingress', () => {
    expect(sizes.ingress?.staticBytes).toBeGreaterThan(0);
    expect(sizes.ingress?.staticBytes).toBeLessThanOrEqual(MOST_COLD_START_KIB.ingress * KIB);
  });

  it.each(FUNCTION_ENTRIES.filter(({ name }) => name.startsWith('handler-')))(
    'loads at most what is promised at a cold start of $name',
    ({ name }) => {
      expect(sizes[name]?.staticBytes).toBeGreaterThan(0);
      expect(sizes[name]?.staticBytes).toBeLessThanOrEqual(MOST_COLD_START_KIB.handler * KIB);
    },
  );

  it("keeps the S3 client, and the SDK's sources of credentials that Lambda does not use, out of a cold start", () => {
    const files = Object.keys(contentsOf(join(folder, 'functions', 'ingress')));

    expect(files).toContainEqual(expect.stringMatching(/^lazy-aws-sdk-client-s3-/));
    expect(files).toContainEqual(expect.stringMatching(/^lazy-aws-sdk-credential-provider-sso-/));
    expect(sizes.ingress?.dynamicBytes).toBeGreaterThan(100 * KIB);
  });

  it.each(FUNCTION_ENTRIES)('has in its folder every file that another one there names: $name', ({ name }) => {
    const files = contentsOf(join(folder, 'functions', name));
    const named = Object.values(files).flatMap((text) => [...text.matchAll(/["']\.\/([\w-]+\.mjs)["']/g)]);

    expect(named.length).toBeGreaterThan(5);
    expect(named.map(([, file = '']) => file).filter((file) => !(file in files))).toEqual([]);
  });

  it('are the same to the last byte in whatever order they are built', async () => {
    const some = FUNCTION_ENTRIES.filter(({ name }) =>
      ['ingress', 'handler-billing', 'handler-issuing'].includes(name),
    );
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    await bundleFunctions({ root, entries: some, outFolder: one });
    await bundleFunctions({ root, entries: some.toReversed(), outFolder: other });

    const hashesOf = (built: string) =>
      some.map(({ name }) =>
        Object.entries(contentsOf(join(built, name))).map(([file, text]) => [name, file, hash('sha256', text)]),
      );
    expect(hashesOf(other)).toEqual(hashesOf(one));
  });
});

describe("what the SDK's clients load on first use", () => {
  const profiles = join(folder, 'profiles');
  const ask = async (profile: string) => {
    const bundle = JSON.stringify(pathToFileURL(join(folder, 'asking/asks/index.mjs')).href);
    const script = `const [client] = (await import(${bundle})).clients;
      console.log(await client.config.credentials().then(({ accessKeyId }) => accessKeyId, String));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: {
        AWS_CONFIG_FILE: profiles,
        AWS_PROFILE: profile,
        AWS_REGION: 'us-east-1',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    });
    return stdout.trim();
  };

  beforeAll(async () => {
    const answer = JSON.stringify({ Version: 1, AccessKeyId: 'of-the-process', SecretAccessKey: 'secret' });
    const speaks = join(folder, 'speaks.mjs');
    writeFileSync(speaks, `console.log(${JSON.stringify(answer)})`);
    const program = `credential_process = "${process.execPath}" "${speaks}"`;
    const file = 'aws_access_key_id = of-the-file\naws_secret_access_key = secret';
    writeFileSync(profiles, `[profile file]\n${file}\n[profile process]\n${program}\n[profile empty]\n`);
    const entries = [{ name: 'asks', path: 'bench/cold-start/handler-clients.ts' }];
    await bundleFunctions({ root, entries, outFolder: join(folder, 'asking') });
  });

  it.each(['file', 'process'])('is found beside the function, and works: credentials from a %s', async (profile) => {
    expect(await ask(profile)).toBe(`of-the-${profile}`);
  });

  it('passes on to the next source what a source does not have', async () => {
    expect(await ask('empty')).toBe('CredentialsProviderError: Could not load credentials from any providers');
  });
});
