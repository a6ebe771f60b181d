import type { StageSettings } from './settings.ts';

/** One queue's part of the requests that Stripe gets. */
export interface StripeLane {
  /** Most invocations at once. */
  readonly maxConcurrency: number;
  /** Requests a second that one invocation may make. */
  readonly perInvocation: number;
  /** Messages in one invocation. */
  readonly batchSize: number;
  /** Milliseconds that Stripe has for one answer. */
  readonly requestTimeoutMs: number;
}

/** SQS feeds a function by at least two pollers. */
const LEAST_CONCURRENCY = 2;
/** Stripe's own answers rarely take more than a few seconds. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Milliseconds before the function's timeout at which the code stops working. */
const STOP_BEFORE_MS = 2_000;

type Rates = Pick<StageSettings, 'resolver' | 'handlerTimeoutSeconds'>;

/**
 * How the configured rate is shared: each lane's concurrency times what one of its invocations may ask is its part, and
 * the parts add up to the whole, so that no lane need know of the other.
 */
export function stripeLanes({ resolver, handlerTimeoutSeconds }: Rates): { resolve: StripeLane; refresh: StripeLane } {
  const { requestsPerSecond, refreshesPerSecond, maxConcurrency } = resolver;
  const lane = (rate: number, concurrency: number): StripeLane => {
    const workMs = handlerTimeoutSeconds * 1_000 - STOP_BEFORE_MS;
    const perInvocation = rate / concurrency;
    return {
      maxConcurrency: concurrency,
      perInvocation,
      // Half of the time for one request each: the rest is for those that need two, and for slow answers.
      batchSize: Math.max(1, Math.min(10, Math.floor((perInvocation * workMs) / 2_000))),
      // A request that hangs leaves time to give its message back.
      requestTimeoutMs: Math.min(REQUEST_TIMEOUT_MS, workMs / 2),
    };
  };
  return {
    resolve: lane(requestsPerSecond - refreshesPerSecond, maxConcurrency),
    refresh: lane(refreshesPerSecond, LEAST_CONCURRENCY),
  };
}

/** Says why a rate cannot be kept by so many invocations: one that may ask nothing for a second stands in the way. */
export function stripeRateProblem({ resolver }: Rates): string | undefined {
  const { requestsPerSecond, refreshesPerSecond, maxConcurrency } = resolver;
  const rest = requestsPerSecond - refreshesPerSecond;
  if (rest >= maxConcurrency) return undefined;
  return (
    `resolver leaves ${rest} requests a second to ${maxConcurrency} invocations (requestsPerSecond ` +
    `${requestsPerSecond} less refreshesPerSecond ${refreshesPerSecond}): raise requestsPerSecond, or lower ` +
    'maxConcurrency or refreshesPerSecond, so that each has at least one.'
  );
}
