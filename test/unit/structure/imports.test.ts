import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const files = globSync('{shared,consumer,functions,infra,cli,local}/**/*.ts', { cwd: root }).filter(
  (file) => !file.endsWith('.d.ts'),
);

/** What a file imports of the project, as paths from the root; types only as well as code. */
function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const specifiers = Array.from(source.matchAll(/(?:from|import\()\s*'([^']+)'/g), ([, specifier = '']) => specifier);
  return specifiers.flatMap((specifier) => {
    if (specifier.startsWith('#')) return [specifier.slice(1)];
    return specifier.startsWith('.') ? [relative(root, join(root, dirname(file), specifier))] : [];
  });
}

const graph = new Map(files.map((file) => [file, importsOf(file)]));

/** Which folders a folder's files may import, besides their own. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  consumer: ['shared'],
  functions: ['shared'],
  infra: ['shared'],
  cli: ['shared', 'functions/adapters'],
  local: ['shared'],
};

describe('the import rules', () => {
  it('are checked on every file of every folder', () => {
    for (const folder of Object.keys(ALLOWED)) {
      expect(files.filter((file) => file.startsWith(`${folder}/`)).length).toBeGreaterThan(5);
    }
  });

  it('let data flow one way through the folders', () => {
    const wrong = [...graph].flatMap(([file, imports]) => {
      const [folder = ''] = file.split('/');
      const allowed = [folder, ...(ALLOWED[folder] ?? [])];
      return imports
        .filter((target) => !allowed.some((start) => target.startsWith(`${start}/`)))
        .map((target) => [file, target]);
    });

    expect(wrong).toEqual([]);
  });

  it('keep the stages of functions/ apart: only an entry file meets the adapters', () => {
    const wrong = [...graph].flatMap(([file, imports]) => {
      const [folder, stage = ''] = file.split('/');
      if (folder !== 'functions') return [];
      const allowed = [
        `functions/${stage}/`,
        'shared/',
        ...(file.endsWith('/lambda.ts') ? ['functions/adapters/'] : []),
      ];
      return imports
        .filter((target) => !allowed.some((start) => target.startsWith(start)))
        .map((target) => [file, target]);
    });

    expect(wrong).toEqual([]);
  });

  it('name files that exist', () => {
    const known = new Set([
      ...files,
      ...globSync('{shared,consumer,functions,infra,cli,local}/**/*.{d.ts,mjs,json}', { cwd: root }),
    ]);

    expect([...graph.values()].flat().filter((target) => !known.has(target))).toEqual([]);
  });

  it('allow no cycle', () => {
    const done = new Set<string>();
    const cycles: string[][] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file]);
      if (path.includes(file) || done.has(file)) return;
      for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);

    expect(cycles).toEqual([]);
  });
});
