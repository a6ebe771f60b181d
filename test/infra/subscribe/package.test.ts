import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENTRY_POINTS } from '../../../scripts/package/entry-points.ts';
import { packed, projectWith } from '../../packed-package.ts';

let folder: string;
beforeAll(() => {
  folder = packed();
});

const manifest = () => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const files = () => globSync('**/*.{js,d.ts}', { cwd: folder });
const importsOf = (file: string) =>
  Array.from(
    readFileSync(join(folder, file), 'utf8').matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g),
    ([, specifier = '']) => specifier,
  );

describe('the package', () => {
  it('has a package.json of its own: nothing private, no script, no dependency that is not a peer', () => {
    const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));

    expect(manifest()).toMatchObject({ name, version, license: 'MIT', type: 'module' });
    for (const key of ['private', 'scripts', 'dependencies', 'devDependencies', 'optionalDependencies', 'allowScripts'])
      expect(manifest()).not.toHaveProperty(key);
    expect(Object.values(manifest().peerDependenciesMeta)).toEqual(
      Object.keys(manifest().peerDependencies).map(() => ({ optional: true })),
    );
  });

  it('exports each entry point as JavaScript with types', () => {
    for (const name of Object.keys(ENTRY_POINTS)) {
      const { types, default: code } = manifest().exports[`./${name}`];

      expect([types, code].filter((path) => !existsSync(join(folder, path)))).toEqual([]);
    }
  });

  it('holds every module that one of its modules imports, and asks for its peers only', () => {
    const peers = Object.keys(manifest().peerDependencies);
    const missing = files().flatMap((file) =>
      importsOf(file).filter((specifier) => {
        if (specifier.startsWith('.')) return !existsSync(join(folder, dirname(file), specifier));
        return !specifier.startsWith('node:') && !peers.some((peer) => `${specifier}/`.startsWith(`${peer}/`));
      }),
    );

    expect(missing).toEqual([]);
    expect(files().length).toBeGreaterThan(5);
  });

  it('holds nothing of what runs or builds the pipeline', () => {
    const foreign = files().filter((file) =>
      /^((functions|local|cli|test|bench|scripts)\/|infra\/(stacks|app\b|config\b))/.test(file),
    );

    expect(foreign).toEqual([]);
  });
});

describe('a project that installs the tarball', () => {
  // The README's own lines, in the stack of a team.
  const source = `
    import { App, Stack } from 'aws-cdk-lib';
    import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
    import { StripeEventSubscription, StripeFanoutBus } from 'stripe-fanout/subscribe';

    class Team extends Stack {
      readonly subscription: StripeEventSubscription;
      constructor() {
        super(new App(), 'Team', { env: { account: '111122223333', region: 'eu-west-1' } });
        const dunningFunction = new LambdaFunction(this, 'Function', {
          runtime: Runtime.NODEJS_24_X,
          handler: 'index.handler',
          code: Code.fromInline('exports.handler = () => {};'),
        });
        this.subscription =
          ${/```ts\n(new StripeEventSubscription\([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))?.[1]}
      }
    }
    console.log(JSON.stringify(new Team().subscription.pattern['detail-type']));`;
  const config = (options: object) =>
    JSON.stringify({
      compilerOptions: {
        target: 'es2022',
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        types: ['node'],
        ...options,
      },
      include: ['*.ts'],
    });
  const linked = ['aws-cdk-lib', 'constructs', '@types/node', 'undici-types'];
  const typecheck = (project: string) => {
    const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
    try {
      return execFileSync(process.execPath, [compiler, '--project', project], { encoding: 'utf8' });
    } catch (failed) {
      return failed instanceof Error && 'stdout' in failed ? String(failed.stdout) : String(failed);
    }
  };

  it("passes the type checker with our declarations and aws-cdk-lib's", () => {
    const project = projectWith(folder, { 'app.ts': source, 'tsconfig.json': config({ module: 'nodenext' }) }, linked);

    expect(typecheck(project)).toBe('');
  });

  it.runIf(process.env.MODE === 'full')('passes it as a bundler resolves modules', () => {
    const bundler = config({ module: 'esnext', moduleResolution: 'bundler' });
    const project = projectWith(folder, { 'app.ts': source, 'tsconfig.json': bundler }, linked);

    expect(typecheck(project)).toBe('');
  });

  it.runIf(process.env.MODE === 'full')('passes our strictest options, but for aws-cdk-lib', () => {
    const strictest = config({
      module: 'nodenext',
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
    });
    const project = projectWith(folder, { 'app.ts': source, 'tsconfig.json': strictest }, linked);

    const ours = typecheck(project)
      .split('\n')
      .filter((line) => /^(node_modules\/stripe-fanout|app)/.test(line));

    expect(ours).toEqual([]);
  });

  it('runs', () => {
    const project = projectWith(folder, { 'app.ts': source }, linked);

    const printed = execFileSync(process.execPath, ['app.ts'], { cwd: project, encoding: 'utf8' });

    expect(printed.trim()).toBe('["invoice.payment_failed",{"prefix":"customer.subscription."}]');
  });
});
