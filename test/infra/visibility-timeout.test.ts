import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibilityTimeout } from '#infra/constructs/visibility-timeout.ts';

describe('visibilityTimeout', () => {
  it('is six times the function timeout plus the batching window', () => {
    expect(visibilityTimeout(10)).toBe(60);
    expect(visibilityTimeout(30, 5)).toBe(185);
  });

  it('stays within the 12 hours that SQS takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 0, max: 300 }), (timeout, window) => {
        expect(visibilityTimeout(timeout, window)).toBeLessThanOrEqual(43_200);
      }),
    );
  });

  it.each([
    [0, 0],
    [901, 0],
    [1.5, 0],
    [10, -1],
    [10, 301],
    [Number.NaN, 0],
  ])('refuses a timeout of %s s with a window of %s s', (timeout, window) => {
    expect(() => visibilityTimeout(timeout, window)).toThrow(RangeError);
  });
});
