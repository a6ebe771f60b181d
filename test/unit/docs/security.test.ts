import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| **'))
  .map((line) => line.split(/(?<!\\) \| /));

describe('the threat model', () => {
  it.each(
    rows.map(([threat = '', stop = '', shown = '']) => [/\*\*(.+?)\*\*/.exec(threat)?.[1] ?? threat, stop, shown]),
  )('names for "%s" what stops it, and a test that is there', (_threat, stop, shown) => {
    const targets = Array.from(shown.matchAll(/\]\(([^)]+)\)/g), ([, target = '']) => target);
    const tests = targets.filter((target) => /^test\/.*(\.test|\/run)\.ts$/.test(target));

    expect(stop).not.toBe('');
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((test) => !existsSync(join(root, test)))).toEqual([]);
  });

  it('was read whole', () => {
    expect(rows.length).toBeGreaterThan(12);
  });
});
