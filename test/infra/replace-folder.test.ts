import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFolder } from '#infra/bundling/replace-folder.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'replace-folder-'));
  folder = join(root, 'ingress');
});
afterEach(() => rmSync(root, { recursive: true }));

const replace = (files: Record<string, string>) =>
  replaceFolder(folder, new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)])));
const contents = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

describe('a folder that a build replaces', () => {
  it('is made, and holds exactly the files, with nothing left beside it', () => {
    replace({ 'index.mjs': 'one', 'chunk-a.mjs': 'a' });
    mkdirSync(join(folder, 'stray'));

    replace({ 'index.mjs': 'two', 'chunk-b.mjs': 'b' });

    expect(contents()).toEqual({ 'index.mjs': 'two', 'chunk-b.mjs': 'b' });
    expect(readdirSync(root)).toEqual(['ingress']);
  });

  it('keeps a file that is as wanted', () => {
    replace({ 'index.mjs': 'one', 'chunk-a.mjs': 'a' });
    const before = statSync(join(folder, 'chunk-a.mjs')).ino;

    replace({ 'index.mjs': 'two', 'chunk-a.mjs': 'a' });

    expect(statSync(join(folder, 'chunk-a.mjs')).ino).toBe(before);
  });

  it('shows whoever reads a file meanwhile the whole of the old one', () => {
    replace({ 'index.mjs': 'the whole of the old one' });
    const reader = openSync(join(folder, 'index.mjs'), 'r');

    replace({ 'index.mjs': 'the new one' });

    expect(readFileSync(reader, 'utf8')).toBe('the whole of the old one');
    closeSync(reader);
  });
});
