import { DOMAINS } from '#shared/catalogue/domains.ts';
import type { StripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import type { StageSettings } from './settings.ts';
import type { DomainState } from './stage-config.ts';

/** What Stripe's side of a stage follows from. A draining domain still gets its events: the archive keeps them. */
export function stripeConfigurationOf(settings: StageSettings): StripeConfiguration {
  const { stripeApiVersion: apiVersion, stripeAccounts: accounts, destinations, handlers } = settings;
  const { partnerEventSources: partnerSources } = settings;
  const domains = (state: DomainState) =>
    DOMAINS.map(({ name }) => name).filter((name) => handlers[name].state === state);
  const [domainsOff, domainsDraining] = [domains('off'), domains('draining')];
  const domainsLatest = DOMAINS.map(({ name }) => name).filter(
    (name) => handlers[name].freshness === 'latest' && handlers[name].state !== 'off',
  );
  return { apiVersion, accounts, destinations, partnerSources, domainsOff, domainsDraining, domainsLatest };
}
