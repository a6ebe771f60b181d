import { PipelineError } from '../errors/pipeline-error.ts';
import type { StripeApi } from '../ports/stripe-api.ts';
import { type FoundDestination, readEventDestination, readWebhookEndpoint } from './found-destination.ts';

export const EVENT_DESTINATIONS = '/v2/core/event_destinations';
export const WEBHOOK_ENDPOINTS = '/v1/webhook_endpoints';
const PAGE = 100;

/**
 * Every destination that Stripe has in a mode, whoever made it, by whichever API.
 * @param needed the APIs that must answer; where the other one may not be used, its destinations are not known
 */
export async function listDestinations(
  stripe: StripeApi,
  livemode: boolean,
  needed: ReadonlySet<'v1' | 'v2'>,
  signal: AbortSignal,
): Promise<readonly FoundDestination[]> {
  const optional = (api: 'v1' | 'v2') => (error: unknown) => {
    if (needed.has(api) || !isRefusal(error)) throw error;
    return [];
  };
  const modern = await listV2(stripe, livemode, signal).catch(optional('v2'));
  const classic = await listV1(stripe, livemode, signal).catch(optional('v1'));
  // Whether API v2 also shows what v1 made is not written anywhere: what v1 shows is v1's.
  const known = new Set(classic.map(({ id }) => id));
  return [...modern.filter(({ id }) => !known.has(id)), ...classic];
}

/** A "no" for good, as opposed to no answer. */
export function isRefusal(error: unknown): boolean {
  const code = error instanceof PipelineError ? error.code : '';
  return ['stripe_permission_missing', 'stripe_request_refused', 'stripe_not_found'].includes(code);
}

async function listV2(stripe: StripeApi, livemode: boolean, signal: AbortSignal): Promise<FoundDestination[]> {
  const found: FoundDestination[] = [];
  for (let path = `${EVENT_DESTINATIONS}?limit=${PAGE}&include[0]=webhook_endpoint.url`; path !== ''; ) {
    const { data, next_page_url: next } = (await stripe.request({ path, livemode }, signal)).value;
    found.push(...(Array.isArray(data) ? data : []).flatMap((value) => readEventDestination(value) ?? []));
    path = typeof next === 'string' ? next : '';
  }
  return found;
}

async function listV1(stripe: StripeApi, livemode: boolean, signal: AbortSignal): Promise<FoundDestination[]> {
  const found: FoundDestination[] = [];
  for (let path = `${WEBHOOK_ENDPOINTS}?limit=${PAGE}`; path !== ''; ) {
    const { data, has_more: more } = (await stripe.request({ path, livemode }, signal)).value;
    found.push(...(Array.isArray(data) ? data : []).flatMap((value) => readWebhookEndpoint(value) ?? []));
    path = more === true ? `${WEBHOOK_ENDPOINTS}?limit=${PAGE}&starting_after=${found.at(-1)?.id}` : '';
  }
  return found;
}
