import type { StageSettings } from './settings.ts';

/** What a function that asks Stripe may take of the configured rate. */
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

/** Stripe's own answers rarely take more than a few seconds. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Milliseconds before the function's timeout at which the code stops working. */
const STOP_BEFORE_MS = 2_000;

type Rates = Pick<StageSettings, 'resolver' | 'handlerTimeoutSeconds'>;

/** How the configured rate is shared: what one invocation may ask, times how many there are at once, is the whole. */
export function stripeLane({ resolver, handlerTimeoutSeconds }: Rates): StripeLane {
  const { requestsPerSecond, maxConcurrency } = resolver;
  const workMs = handlerTimeoutSeconds * 1_000 - STOP_BEFORE_MS;
  const perInvocation = requestsPerSecond / maxConcurrency;
  return {
    maxConcurrency,
    perInvocation,
    // Half of the time for one request each: the rest is for those that need two, and for slow answers.
    batchSize: Math.max(1, Math.min(10, Math.floor((perInvocation * workMs) / 2_000))),
    // A request that hangs leaves time to give its message back.
    requestTimeoutMs: Math.min(REQUEST_TIMEOUT_MS, workMs / 2),
  };
}

/** Says why a rate cannot be kept by so many invocations: one that may ask nothing for a second stands in the way. */
export function stripeRateProblem({ resolver }: Rates): string | undefined {
  const { requestsPerSecond, maxConcurrency } = resolver;
  if (requestsPerSecond >= maxConcurrency) return undefined;
  return (
    `resolver leaves ${requestsPerSecond} requests a second to ${maxConcurrency} invocations: raise requestsPerSecond, ` +
    'or lower maxConcurrency, so that each has at least one.'
  );
}
