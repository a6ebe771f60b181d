import type { StageSettings } from './settings.ts';
import { REFRESH_CONCURRENCY } from './stripe-lane.ts';

/**
 * Invocations of the ingress at once that the account must leave room for: requests a second that the gateway lets
 * through, times 0.2 s, the time of a slow request (a cold start is rarer than that is generous).
 */
function ingressHeadroom({ throttle }: Pick<StageSettings, 'throttle'>): number {
  return Math.ceil(throttle.ratePerSecond * 0.2);
}

/** Most invocations of all handlers and of the resolver at once, as their event-source mappings allow. */
function handlerConcurrency(settings: StageSettings): number {
  return Object.values(settings.handlers)
    .filter(({ state }) => state !== 'off')
    .reduce((sum, { maxConcurrency }) => sum + maxConcurrency, settings.resolver.maxConcurrency + REFRESH_CONCURRENCY);
}

/**
 * Most invocations of the partner ingress at once, of ten events each: some 500 events a second, more than Stripe sends
 * any but its largest accounts.
 */
export const PARTNER_CONCURRENCY = 10;

/** Invocations of the authorizer at once: 20 authorizations a second, each of half a second. */
const AUTHORIZER_CONCURRENCY = 10;

/**
 * Says why the account's Lambda limit is too low for a stage: a handler that is throttled uses up its messages'
 * receives, and a throttled ingress makes Stripe wait.
 */
export function concurrencyProblem(settings: StageSettings): string | undefined {
  const handlers = handlerConcurrency(settings);
  const ingress = ingressHeadroom(settings);
  const partner = settings.partnerEventSources.length > 0 ? PARTNER_CONCURRENCY : 0;
  const lane = settings.issuingAuthorization;
  const authorizer = lane === undefined ? 0 : Math.max(AUTHORIZER_CONCURRENCY, lane.provisionedConcurrency);
  if (handlers + ingress + partner + authorizer <= settings.accountConcurrency) return undefined;
  return (
    `accountConcurrency is ${settings.accountConcurrency}, but handlers may use ${handlers} (the sum of ` +
    `maxConcurrency over the resolver and the domains that are not off), ingress ${ingress} (a fifth of throttle.ratePerSecond)` +
    `${partner > 0 ? `, the partner ingress ${partner}` : ''}${authorizer > 0 ? `, the authorizer ${authorizer}` : ''}. Raise ` +
    'the quota "Concurrent executions" (L-B99A9384, free) and write its value there, or lower maxConcurrency or ' +
    'ratePerSecond, or switch domains off.'
  );
}
