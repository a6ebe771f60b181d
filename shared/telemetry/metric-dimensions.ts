import type { DomainOrUnrecognized } from '../catalogue/domains.ts';

/** Namespace of every metric that our functions write. */
export const METRIC_NAMESPACE = 'StripeFanout';

export type Dimensions = Readonly<Record<string, string>>;

/**
 * A metric is found only under exactly the dimensions it was written with, the service's name that Powertools adds
 * included: who writes and who watches take them from here.
 */
export function ingressDimensions(stage: string, destination: string): Dimensions {
  return { service: 'ingress', stage, destination };
}

/** @param name of the real-time endpoint as it is configured */
export function authorizerDimensions(stage: string, name: string): Dimensions {
  return { service: 'authorizer', stage, destination: name };
}

/** @param source name of a partner event source as it is configured: what became of its events */
export function partnerDimensions(stage: string, source: string): Dimensions {
  return { service: 'partner-ingress', stage, destination: source };
}

/** What became of the messages of all partner event sources. */
export function partnerQueueDimensions(stage: string): Dimensions {
  return { service: 'partner-ingress', stage, domain: 'partner' };
}

export function handlerDimensions(stage: string, domain: DomainOrUnrecognized): Dimensions {
  return { service: `handler-${domain}`, stage, domain };
}

export function resolverDimensions(stage: string): Dimensions {
  return { service: 'resolver', stage };
}

/** What became of requests for present states: apart, for notifications are counted against what was published. */
export function refreshDimensions(stage: string): Dimensions {
  return { service: 'resolver', stage, domain: 'refresh' };
}

export function reconcilerDimensions(stage: string): Dimensions {
  return { service: 'reconciler', stage };
}

export function deliveryCheckDimensions(stage: string): Dimensions {
  return { service: 'delivery-check', stage };
}

export function destinationCheckDimensions(stage: string): Dimensions {
  return { service: 'destination-check', stage };
}
