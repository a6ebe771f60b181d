import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelay } from '#local/events/retry-delay.ts';

describe('the delay before a retry', () => {
  it('grows from half a second to at most 15 minutes', () => {
    const retry = fc.integer({ min: 1, max: 185 });
    const random = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(retry, random, (n, a) => {
        expect(retryDelay(n, a)).toBeGreaterThanOrEqual(0.5);
        expect(retryDelay(n, a)).toBeLessThanOrEqual(900);
        expect(retryDelay(n, a)).toBeLessThanOrEqual(retryDelay(n + 1, a));
      }),
    );
  });
});
