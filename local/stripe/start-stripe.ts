import type { Destination } from '#shared/environment/destination.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { SharedParts } from '../shared-parts.ts';
import type { RateLimitSettings } from './api/rate-limits.ts';
import type { DeliveryTargets } from './emit/emitter.ts';
import { LOCAL_KEY_SECRET } from './local-api-keys.ts';
import { LocalStripe } from './local-stripe.ts';

export interface StartStripeOptions {
  readonly url: string;
  /** Where events are posted: the ingress's base URL. */
  readonly webhookUrl: string;
  readonly secrets: Secrets;
  /** The environments of all functions. */
  readonly environments: readonly Readonly<Record<string, string>>[];
  readonly limits?: RateLimitSettings | undefined;
}

/** Puts the stand-in beside the pipeline: its keys in the secret, its events to the stage's destinations. */
export function startStripe(options: StartStripeOptions, { inFlight, scale }: SharedParts): LocalStripe {
  const { url, secrets, environments, limits } = options;
  for (const { API_KEYS_SECRET_ARN } of environments) {
    if (API_KEYS_SECRET_ARN !== undefined) secrets.find(API_KEYS_SECRET_ARN).put(JSON.stringify(LOCAL_KEY_SECRET));
  }
  return new LocalStripe({ url, targets: targetsFrom(options), inFlight, scale, limits });
}

function targetsFrom({ webhookUrl, secrets, environments }: StartStripeOptions): DeliveryTargets {
  const ingress = environments.find(({ DESTINATIONS, SIGNING_SECRET_ARN }) => DESTINATIONS && SIGNING_SECRET_ARN);
  const declared: unknown = JSON.parse(ingress?.DESTINATIONS ?? '[]');
  return {
    destinations: Array.isArray(declared) ? declared.filter(isDestination) : [],
    urlOf: (destination) => `${webhookUrl}/${destination}`,
    secretOf: (destination) => {
      const value: unknown = JSON.parse(secrets.find(ingress?.SIGNING_SECRET_ARN ?? '').current.text);
      const own = isRecord(value) ? value[destination] : undefined;
      return Array.isArray(own) ? String(own[0]) : '';
    },
  };
}

function isDestination(value: unknown): value is Destination {
  return isRecord(value) && ['name', 'mode', 'payload', 'accounts'].every((key) => typeof value[key] === 'string');
}
