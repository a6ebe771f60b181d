import type { Destination } from '#shared/environment/destination.ts';
import type { PartnerSource } from '#shared/environment/partner-source.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { SharedParts } from '../shared-parts.ts';
import type { RateLimitSettings } from './api/rate-limits.ts';
import type { DeliveryTargets } from './emit/emitter.ts';
import type { PartnerBridge } from './emit/partner-bridge.ts';
import type { DecisionLane } from './issuing/cards.ts';
import { LOCAL_KEY_SECRET } from './local-api-keys.ts';
import { LocalStripe } from './local-stripe.ts';

export interface StartStripeOptions {
  readonly url: string;
  /** Where events are posted: the ingress's base URL. */
  readonly webhookUrl: string;
  readonly secrets: Secrets;
  /** Where it asks about cards, where the stage decides about them. */
  readonly authorizationUrl?: string | undefined;
  /** Puts an event of Stripe's on the bus that is matched with a partner event source. */
  readonly putPartnerEvent: PartnerBridge['put'];
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
  const targets = targetsFrom(options);
  return new LocalStripe({ url, targets, lane: laneFrom(options, targets), inFlight, scale, limits });
}

function laneFrom(options: StartStripeOptions, { secretOf }: DeliveryTargets): DecisionLane | undefined {
  const { authorizationUrl: url, environments } = options;
  const [endpoint] = environments.flatMap(({ AUTHORIZATIONS_FROM }) => declaredIn(AUTHORIZATIONS_FROM));
  if (url === undefined || !isDestination(endpoint)) return undefined;
  return { url, secret: () => secretOf(endpoint.name) };
}

function targetsFrom(options: StartStripeOptions): DeliveryTargets {
  const { webhookUrl, secrets, environments, putPartnerEvent } = options;
  const ingress = environments.find(({ DESTINATIONS, SIGNING_SECRET_ARN }) => DESTINATIONS && SIGNING_SECRET_ARN);
  const partner = environments.find(({ PARTNER_SOURCES, QUEUE_URL }) => PARTNER_SOURCES && QUEUE_URL);
  return {
    destinations: declaredIn(ingress?.DESTINATIONS).filter(isDestination),
    bridge: { sources: declaredIn(partner?.PARTNER_SOURCES).filter(isPartnerSource), put: putPartnerEvent },
    urlOf: (destination) => `${webhookUrl}/${destination}`,
    secretOf: (destination) => {
      const value: unknown = JSON.parse(secrets.find(ingress?.SIGNING_SECRET_ARN ?? '').current.text);
      const own = isRecord(value) ? value[destination] : undefined;
      return Array.isArray(own) ? String(own[0]) : '';
    },
  };
}

/** @param json one, or a list of them */
function declaredIn(json = '[]'): readonly unknown[] {
  const declared: unknown = JSON.parse(json);
  return [declared].flat();
}

function isPartnerSource(value: unknown): value is PartnerSource {
  return isDestination(value) && 'source' in value && typeof value.source === 'string';
}

function isDestination(value: unknown): value is Destination {
  return isRecord(value) && ['name', 'mode', 'payload', 'accounts'].every((key) => typeof value[key] === 'string');
}
