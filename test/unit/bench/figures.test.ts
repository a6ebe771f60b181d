import { describe, expect, it } from 'vitest';
import { type Figure, figureSummary, holds } from '../../../bench/figure.ts';
import { flatness } from '../../../bench/pipeline/flatness.ts';

const figure = (value: number): Figure => ({ what: 'time per event', value, unit: '×', bound: { most: 1.2 } });
const run = (known: number, eventsPerSecond: number, latencyP50Ms: number) => ({
  known,
  eventsPerSecond,
  latencyP50Ms,
  redrivenPerSecond: 1,
  peakMiB: 1,
});

describe('a figure', () => {
  it('keeps its bound up to it, and never as no number', () => {
    expect([1.2, 1.3, Number.NaN].map((value) => holds(figure(value)))).toEqual([true, false, false]);
  });
});

describe('the last line of npm run bench', () => {
  it('counts the figures', () => {
    expect(figureSummary([figure(1), figure(1.2)])).toBe('Benchmarks: 2 figures, 0 beyond their bound.');
  });

  it('is FAILED, with what is beyond its bound', () => {
    expect(figureSummary([figure(1), figure(Number.NaN)])).toBe(
      'Benchmarks: FAILED: of 2 figures, 1 beyond their bound: time per event.',
    );
  });
});

describe('how time grows with the ledger', () => {
  it('is the fullest over the emptiest, of each round', () => {
    const rounds = [
      [run(10, 100, 100), run(100, 7, 900), run(1_000, 50, 110)],
      [run(10, 100, 100), run(100, 7, 900), run(1_000, 50, 110)],
    ];

    const [perEvent, latency] = flatness(rounds).map(({ value }) => value);

    expect(perEvent).toBeCloseTo(2);
    expect(latency).toBeCloseTo(1.1);
  });

  it('is not told of one size, which would be compared with itself', () => {
    expect(flatness([[run(10, 100, 100)], [run(10, 90, 100)]])).toEqual([]);
  });
});
