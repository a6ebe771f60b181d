import { DOMAINS, type Domain } from '../catalogue/domains.ts';
import type { PartnerSource } from '../environment/partner-source.ts';
import { isRecord } from '../event/stripe-event.ts';
import type { DeclaredDestination } from './declared-destination.ts';

/** Stripe's two worlds; each has keys, destinations and events of its own. */
export type Mode = 'live' | 'test';

/** What commands and checks of the Stripe side know of a stage's configuration: an output of the Pipeline stack. */
export interface StripeConfiguration {
  /** In which snapshots come. */
  readonly apiVersion: string;
  /** The Stripe accounts that the stage belongs to; a key of another one is refused. */
  readonly accounts: { readonly [M in Mode]?: string };
  readonly destinations: readonly DeclaredDestination[];
  /** Destinations of the kind Amazon EventBridge, which exist at Stripe before they can be declared. */
  readonly partnerSources: readonly PartnerSource[];
  /** Domains of whose types none is asked for. */
  readonly domainsOff: readonly Domain[];
  /** Domains whose rules have no target any more, while their queues are emptied. */
  readonly domainsDraining: readonly Domain[];
  /** Domains that keep what Stripe's API says after each event, for which it takes a key. */
  readonly domainsLatest?: readonly Domain[];
}

/**
 * Reads the output's JSON.
 * @returns `undefined` for what another version wrote
 */
export function readStripeConfiguration(text: string): StripeConfiguration | undefined {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || typeof value.apiVersion !== 'string') return undefined;
  const { apiVersion, accounts, destinations, partnerSources = [], domainsOff } = value;
  const { domainsDraining = [], domainsLatest = [] } = value;
  if (!isRecord(accounts) || !Array.isArray(destinations) || !Array.isArray(domainsOff)) return undefined;
  if (!Array.isArray(partnerSources) || !Array.isArray(domainsDraining) || !Array.isArray(domainsLatest))
    return undefined;
  const among = (names: readonly unknown[]) => DOMAINS.map(({ name }) => name).filter((name) => names.includes(name));
  return {
    apiVersion,
    accounts: {
      ...(typeof accounts.live === 'string' && { live: accounts.live }),
      ...(typeof accounts.test === 'string' && { test: accounts.test }),
    },
    destinations: destinations.filter(isDeclared),
    partnerSources: partnerSources.filter(isPartnerSource),
    domainsOff: among(domainsOff),
    domainsDraining: among(domainsDraining),
    domainsLatest: among(domainsLatest),
  };
}

function isPartnerSource(value: unknown): value is PartnerSource {
  return isDeclared(value) && 'source' in value && typeof value.source === 'string';
}

function isDeclared(value: unknown): value is DeclaredDestination {
  return isRecord(value) && ['name', 'mode', 'payload', 'accounts'].every((key) => typeof value[key] === 'string');
}
