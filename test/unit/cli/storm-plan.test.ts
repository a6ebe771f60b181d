import { describe, expect, it } from 'vitest';
import { stormEmission } from '#cli/local-runtime/storm-plan.ts';

const PLAN = { tag: 't', rate: 10, seconds: 100, duplicates: 0, thinShare: 0, shuffle: false };

function storm(plan: Partial<typeof PLAN>, count = 1_000) {
  return Array.from({ length: count }, (_, i) => stormEmission(i, { ...PLAN, ...plan }));
}

describe('a storm', () => {
  it('meets every snapshot type, or every thin one', () => {
    const types = (plan: Partial<typeof PLAN>) => new Set(storm(plan).map(({ type }) => type)).size;

    expect([types({}), types({ thinShare: 1 })]).toEqual([276, 326]);
  });

  it.each([0, 0.1, 1 / 3, 1])('has the share of thin events and duplicates: %d', (share) => {
    const emissions = storm({ duplicates: share, thinShare: share }, 300);

    expect(emissions.filter(({ style }) => style === 'thin')).toHaveLength(300 * share);
    expect(emissions.filter(({ copies }) => copies === 2)).toHaveLength(300 * share);
  });

  it('delivers in order, or up to two seconds late when shuffled', () => {
    const delays = storm({ shuffle: true }).map(({ delayMs = -1 }) => delayMs);

    expect(storm({}).every(({ delayMs }) => delayMs === undefined)).toBe(true);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThan(2_000);
    expect(delays.slice(0, 10)).not.toEqual(delays.slice(0, 10).toSorted((a, b) => a - b));
  });
});
