import { expect, it } from 'vitest';
import { progressBar } from '#cli/terminal/progress-bar.ts';

function shown(isTTY: boolean, of: number, each: readonly number[]): string[] {
  const lines: string[] = [];
  const bar = progressBar({ show: (line) => lines.push(line) }, isTTY);
  for (const done of each) bar('redriving', done, of);
  return lines;
}

it('is a bar that grows on a terminal', () => {
  const [empty, full] = shown(true, 2, [0, 2]);

  expect(empty).toBe(`${'░'.repeat(30)} redriving 0/2`);
  expect(full).toBe(`${'█'.repeat(30)} redriving 2/2`);
});

it('is a line at most each tenth elsewhere', () => {
  const lines = shown(
    false,
    1_000,
    Array.from({ length: 1_001 }, (_, done) => done),
  );

  expect(lines).toHaveLength(11);
  expect(lines[5]).toBe('redriving 500/1000 …');
});
