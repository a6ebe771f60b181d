import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitBySize } from '#local/lambda/split-by-size.ts';

describe('splitting a batch by size', () => {
  it('keeps order and loses nothing, and only a record too large by itself exceeds the limit', () => {
    const limit = 200;
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 300 }), { maxLength: 20 }), (records) => {
        const parts = splitBySize(records, limit);

        expect(parts.flat()).toEqual(records);
        for (const part of parts.filter(({ length }) => length > 1)) {
          expect(Buffer.byteLength(JSON.stringify({ Records: part }))).toBeLessThanOrEqual(limit);
        }
        expect(parts.every(({ length }) => length > 0)).toBe(true);
      }),
    );
  });

  it('makes one part where one is enough', () => {
    expect(splitBySize(['a', 'b', 'c'], 1000)).toEqual([['a', 'b', 'c']]);
  });
});
