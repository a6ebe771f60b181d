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

/** The least that SQS takes, and enough: present states are asked for rarely, and wait for nobody. */
export const REFRESH_CONCURRENCY = 2;

type Rates = Pick<StageSettings, 'resolver' | 'handlerTimeoutSeconds'>;

/**
 * How the configured rate is shared between notifications and requests for present states, and in each between its
 * invocations: what one may ask, times how many there are at once, is the whole of both together.
 */
export function stripeLanes(rates: Rates): { readonly notifications: StripeLane; readonly refreshes: StripeLane } {
  const { requestsPerSecond, refreshesPerSecond, maxConcurrency } = rates.resolver;
  return {
    notifications: lane(requestsPerSecond - refreshesPerSecond, maxConcurrency, rates),
    refreshes: lane(refreshesPerSecond, REFRESH_CONCURRENCY, rates),
  };
}

function lane(perSecond: number, maxConcurrency: number, { handlerTimeoutSeconds }: Rates): StripeLane {
  const workMs = handlerTimeoutSeconds * 1_000 - STOP_BEFORE_MS;
  const perInvocation = perSecond / maxConcurrency;
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
  const { requestsPerSecond, refreshesPerSecond, maxConcurrency } = resolver;
  const left = requestsPerSecond - refreshesPerSecond;
  if (left >= maxConcurrency) return undefined;
  return (
    `resolver leaves ${left} requests a second to ${maxConcurrency} invocations (${requestsPerSecond} less ` +
    `${refreshesPerSecond} for present states): raise requestsPerSecond, or lower refreshesPerSecond or ` +
    'maxConcurrency, so that each has at least one.'
  );
}
