import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeWhole } from '#infra/bundling/write-whole.ts';

it('a file is replaced whole: whoever reads it meanwhile has the old one, and nothing is left beside it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'write-whole-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'sizes.json');
  writeWhole(path, 'the whole of the old one');
  const reader = openSync(path, 'r');

  writeWhole(path, 'the new one');

  expect(readFileSync(reader, 'utf8')).toBe('the whole of the old one');
  expect(readFileSync(path, 'utf8')).toBe('the new one');
  expect(readdirSync(folder)).toEqual(['sizes.json']);
  closeSync(reader);
});
