import { DOMAINS } from '#shared/catalogue/domains.ts';
import type { StripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import type { StageSettings } from './settings.ts';

/** What Stripe's side of a stage follows from. A draining domain still gets its events: the archive keeps them. */
export function stripeConfigurationOf(settings: StageSettings): StripeConfiguration {
  const { stripeApiVersion: apiVersion, stripeAccounts: accounts, destinations, handlers } = settings;
  const { partnerEventSources: partnerSources } = settings;
  const domainsOff = DOMAINS.map(({ name }) => name).filter((name) => handlers[name].state === 'off');
  return { apiVersion, accounts, destinations, partnerSources, domainsOff };
}
