import { describe, expect, it } from 'vitest';
import { brokenBounds, costSummary, totals } from '../../../bench/cost/bounds.ts';

const kept = { transport: 4.3, allIn: 8.75, idle: 20 };

describe('the bounds on cost', () => {
  it('hold up to what they say', () => {
    expect(brokenBounds(kept)).toEqual([]);
    expect(brokenBounds({ transport: 4.31, allIn: 8.76, idle: 20.01 })).toEqual(['transport', 'all in', 'idle']);
  });

  it('are broken by what is no number', () => {
    expect(brokenBounds({ ...kept, idle: Number.NaN })).toEqual(['idle']);
  });

  it('stand beside the bill that they are about, and no other', () => {
    const bill = { ...kept, kept: 1, active: 0, month: 40 };

    expect(totals(bill, true)).toBe(
      'Transport $4.30 per million (bound 4.3), all in $8.75 (bound 8.75), kept for a month $1.00 more; idle $20.00 a month (bound 20).',
    );
    expect(totals(bill, false)).not.toContain('bound');
  });
});

describe('the last line of npm run cost', () => {
  it.each([
    [{ broken: [], isStale: false, isOwn: false }, 'Cost: every bound holds.'],
    [
      { broken: [], isStale: false, isOwn: true },
      'Cost: every bound of the default events, prices and stage holds; your own bill has none.',
    ],
    [{ broken: ['idle'], isStale: false, isOwn: false }, 'Cost: FAILED: idle beyond the bound.'],
    [
      { broken: ['idle'], isStale: false, isOwn: true },
      'Cost: FAILED: idle of the default events, prices and stage beyond the bound; your own bill has none.',
    ],
    [
      { broken: [], isStale: true, isOwn: false },
      'Cost: FAILED: docs/cost.md says something else: npm run cost -- --write makes it say this.',
    ],
  ])('says of %j', (given, line) => {
    expect(costSummary(given)).toBe(line);
  });
});
