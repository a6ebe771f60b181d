import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripeLane, stripeRateProblem } from '#infra/configuration/stripe-lane.ts';
import { validateConfig } from '#infra/configuration/validate-config.ts';

const settings = fc
  .record({
    resolver: fc.record({
      requestsPerSecond: fc.integer({ min: 2, max: 1_000 }),
      maxConcurrency: fc.integer({ min: 2, max: 100 }),
    }),
    handlerTimeoutSeconds: fc.integer({ min: 5, max: 900 }),
  })
  .filter((rates) => stripeRateProblem(rates) === undefined);

describe('the lane to Stripe', () => {
  it('makes no more requests a second than is configured, whatever runs at once', () => {
    fc.assert(
      fc.property(settings, (rates) => {
        const { maxConcurrency, perInvocation } = stripeLane(rates);

        expect(maxConcurrency * perInvocation).toBeLessThanOrEqual(rates.resolver.requestsPerSecond + 1e-9);
      }),
    );
  });

  it('gives an invocation no more messages than it has time for, and a request less time than the invocation', () => {
    fc.assert(
      fc.property(settings, (rates) => {
        const workMs = (rates.handlerTimeoutSeconds - 2) * 1_000;
        const { batchSize, perInvocation, requestTimeoutMs } = stripeLane(rates);

        expect(batchSize).toBeGreaterThanOrEqual(1);
        expect(batchSize).toBeLessThanOrEqual(10);
        if (batchSize > 1) expect((1_000 * batchSize) / perInvocation).toBeLessThanOrEqual(workMs / 2);
        expect(requestTimeoutMs).toBeLessThanOrEqual(workMs / 2);
      }),
    );
  });

  it('is by default 20 requests a second of two invocations', () => {
    expect(stripeLane(validateConfig('dev', {}))).toEqual({
      maxConcurrency: 2,
      perInvocation: 10,
      batchSize: 10,
      requestTimeoutMs: 10_000,
    });
  });

  it('is refused where an invocation would have less than one request a second', () => {
    expect(() => validateConfig('dev', { resolver: { requestsPerSecond: 4, maxConcurrency: 5 } })).toThrow(
      'resolver leaves 4 requests a second to 5 invocations',
    );
  });
});
