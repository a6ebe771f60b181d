import { describe, expect, it } from 'vitest';
import { rulerVerdict } from '../../conformance/event-ruler/ruler-verdict.ts';

const asked = (pairs: number, disagreed = 0) => ({ pairs, disagreed, answers: new Map([['match', pairs]]) });
const counts = { patterns: 79, rules: asked(100), random: asked(24_000), leftOut: 24 };

describe("the verdict of AWS's own matcher", () => {
  it('says how many pairs were asked and how many left out', () => {
    expect(rulerVerdict(counts)).toEqual({
      outcome: 'agreed',
      summary:
        '100 pairs of the 79 patterns of the templates, 0 disagreed (match 100); 24000 random pairs, 0 disagreed (match 24000); 24 left out, on which event-ruler contradicts itself (at most 24)',
    });
  });

  it.each([
    ['more than one pair in a thousand is left out', { leftOut: 25 }],
    ['more pairs than those of one pattern are left out of a few', { random: asked(30), leftOut: 4 }],
    ['a random pair is answered otherwise', { random: asked(24_000, 1) }],
    ['a pair of our own rules is', { rules: asked(100, 1) }],
  ])('is a disagreement where %s', (_, changed) => {
    expect(rulerVerdict({ ...counts, ...changed }).outcome).toBe('disagreed');
  });
});
