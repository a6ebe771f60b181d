import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripeLanes, stripeRateProblem } from '#infra/configuration/stripe-lane.ts';
import { validateConfig } from '#infra/configuration/validate-config.ts';

const settings = fc
  .record({
    resolver: fc.record({
      requestsPerSecond: fc.integer({ min: 4, max: 1_000 }),
      refreshesPerSecond: fc.integer({ min: 2, max: 500 }),
      maxConcurrency: fc.integer({ min: 2, max: 100 }),
    }),
    handlerTimeoutSeconds: fc.integer({ min: 5, max: 900 }),
  })
  .filter((rates) => stripeRateProblem(rates) === undefined);

describe('the lane to Stripe', () => {
  it('makes no more requests a second than is configured, whatever runs at once', () => {
    fc.assert(
      fc.property(settings, (rates) => {
        const lanes = Object.values(stripeLanes(rates));

        const most = lanes.reduce((sum, { maxConcurrency, perInvocation }) => sum + maxConcurrency * perInvocation, 0);
        expect(most).toBeLessThanOrEqual(rates.resolver.requestsPerSecond + 1e-9);
      }),
    );
  });

  it('gives an invocation no more messages than it has time for, and a request less time than the invocation', () => {
    fc.assert(
      fc.property(settings, (rates) => {
        const workMs = (rates.handlerTimeoutSeconds - 2) * 1_000;
        for (const { batchSize, perInvocation, requestTimeoutMs } of Object.values(stripeLanes(rates))) {
          expect(batchSize).toBeGreaterThanOrEqual(1);
          expect(batchSize).toBeLessThanOrEqual(10);
          if (batchSize > 1) expect((1_000 * batchSize) / perInvocation).toBeLessThanOrEqual(workMs / 2);
          expect(requestTimeoutMs).toBeLessThanOrEqual(workMs / 2);
        }
      }),
    );
  });

  it('is by default 20 requests a second, 18 for notifications and 2 for present states, of two invocations each', () => {
    const each = { maxConcurrency: 2, batchSize: 10, requestTimeoutMs: 10_000 };

    expect(stripeLanes(validateConfig('dev', {}))).toEqual({
      notifications: { ...each, perInvocation: 9 },
      refreshes: { ...each, perInvocation: 1 },
    });
  });

  it('is refused where an invocation would have less than one request a second', () => {
    expect(() => validateConfig('dev', { resolver: { requestsPerSecond: 6, maxConcurrency: 5 } })).toThrow(
      'resolver leaves 4 requests a second to 5 invocations (6 less 2 for present states)',
    );
  });
});
