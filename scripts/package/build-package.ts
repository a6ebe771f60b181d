import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { ENTRY_POINTS } from './entry-points.ts';
import { packageManifest } from './package-manifest.ts';

const root = join(import.meta.dirname, '../..');

/** Name of the tarball within the package's folder: without the version, so that a project can name it for good. */
export const TARBALL = 'stripe-fanout.tgz';

/**
 * Compiles what other teams install, and packs it.
 * @param folder becomes the publishable folder, with the tarball in it; what it held is gone
 * @throws {Error} what the compiler or npm printed
 */
export function buildPackage(folder: string): void {
  const target = resolve(folder);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  compile(target);
  for (const [name, modules] of Object.entries(ENTRY_POINTS)) writeEntryPoint(target, name, modules);
  const folders = [...new Set(globSync('*/**/*.js', { cwd: target }).map((file) => file.split(/[\\/]/)[0] ?? ''))];
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(packageManifest(folders.toSorted()), undefined, 2)}\n`);
  copyFileSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
  copyFileSync(join(import.meta.dirname, 'readme.md'), join(target, 'README.md'));
  const name = run('npm', ['pack', '--ignore-scripts', '--loglevel=error'], target).trim().split('\n').at(-1) ?? '';
  renameSync(join(target, name), join(target, TARBALL));
}

function compile(target: string): void {
  const project = join(target, 'tsconfig.json');
  const files = Object.values(ENTRY_POINTS).flat();
  writeFileSync(
    project,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        rewriteRelativeImportExtensions: true,
        // `npm run check` has checked it, and the compiler would stop at imports that are rewritten below.
        noCheck: true,
        rootDir: root,
        outDir: target,
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: [],
      files: files.map((file) => join(root, file)),
    }),
  );
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  run(process.execPath, [compiler, '--project', project], root);
  rmSync(project);
  for (const file of globSync('**/*.{js,d.ts}', { cwd: target })) rewriteImports(target, file);
}

/**
 * Makes all imports of the project's own modules relative, and names what they became: `#shared/a.ts` and `./a.ts` are
 * found by every resolver as `../shared/a.js` and `./a.js`.
 */
function rewriteImports(target: string, file: string): void {
  const path = join(target, file);
  const up = relative(dirname(path), target).replaceAll('\\', '/');
  const text = readFileSync(path, 'utf8').replaceAll(
    /(?<=(?:from|import\()\s*['"])(#|\.{1,2}\/)([^'"]+?)\.(?:ts|js)(?=['"])/g,
    (_whole, start: string, module: string) => `${start === '#' ? `${up}/` : start}${module}.js`,
  );
  writeFileSync(path, text);
}

/** A module that offers what several modules export: the only barrel there is, and nobody reads it. */
function writeEntryPoint(target: string, name: string, modules: readonly string[]): void {
  const text = modules.map((module) => `export * from './${module.replace(/\.ts$/, '.js')}';\n`).join('');
  writeFileSync(join(target, `${name}.js`), text);
  writeFileSync(join(target, `${name}.d.ts`), text);
}

function run(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      shell: process.platform === 'win32' && command === 'npm',
    });
  } catch (cause) {
    const printed = cause instanceof Error && 'stdout' in cause ? String(cause.stdout) : '';
    throw new Error(`${command} ${args.join(' ')} failed:\n${printed}`, { cause });
  }
}
