import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripeLanes, stripeRateProblem } from '#infra/configuration/stripe-lanes.ts';
import { validateConfig } from '#infra/configuration/validate-config.ts';

const rates = fc.record({
  requestsPerSecond: fc.integer({ min: 3, max: 1_000 }),
  refreshesPerSecond: fc.integer({ min: 1, max: 500 }),
  maxConcurrency: fc.integer({ min: 2, max: 100 }),
});
const timeouts = fc.integer({ min: 5, max: 900 });

describe('the lanes to Stripe', () => {
  it('make no more requests a second together than is configured, whatever runs at once', () => {
    fc.assert(
      fc.property(rates, timeouts, (resolver, handlerTimeoutSeconds) => {
        fc.pre(stripeRateProblem({ resolver, handlerTimeoutSeconds }) === undefined);
        const { resolve, refresh } = stripeLanes({ resolver, handlerTimeoutSeconds });

        const most = [resolve, refresh].reduce((sum, lane) => sum + lane.maxConcurrency * lane.perInvocation, 0);
        expect(most).toBeLessThanOrEqual(resolver.requestsPerSecond + 1e-9);
      }),
    );
  });

  it('give an invocation no more messages than it has time for, and a request less time than the invocation', () => {
    fc.assert(
      fc.property(rates, timeouts, (resolver, handlerTimeoutSeconds) => {
        fc.pre(stripeRateProblem({ resolver, handlerTimeoutSeconds }) === undefined);
        const workMs = (handlerTimeoutSeconds - 2) * 1_000;

        for (const lane of Object.values(stripeLanes({ resolver, handlerTimeoutSeconds }))) {
          expect(lane.batchSize).toBeGreaterThanOrEqual(1);
          expect(lane.batchSize).toBeLessThanOrEqual(10);
          if (lane.batchSize > 1) expect((1_000 * lane.batchSize) / lane.perInvocation).toBeLessThanOrEqual(workMs / 2);
          expect(lane.requestTimeoutMs).toBeLessThanOrEqual(workMs / 2);
        }
      }),
    );
  });

  it('are by default 16 requests a second for notifications and 4 for refreshes', () => {
    const { resolve, refresh } = stripeLanes(validateConfig('dev', {}));

    expect(resolve).toEqual({ maxConcurrency: 2, perInvocation: 8, batchSize: 10, requestTimeoutMs: 10_000 });
    expect(refresh).toEqual({ maxConcurrency: 2, perInvocation: 2, batchSize: 10, requestTimeoutMs: 10_000 });
  });
});
