import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonDepth } from '#local/events/json-depth.ts';

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('the depth of JSON text', () => {
  it('is that of the value it stands for, whatever its strings hold', () => {
    const value = fc.jsonValue({ stringUnit: fc.constantFrom('"', '\\', '{', ']', 'a') });
    fc.assert(
      fc.property(value, (json) => {
        expect(jsonDepth(JSON.stringify(json, undefined, 1))).toBe(depthOf(json));
      }),
    );
  });

  it('is found in text far too deep to walk', () => {
    expect(jsonDepth('['.repeat(200_000) + ']'.repeat(200_000))).toBe(200_000);
  });
});
