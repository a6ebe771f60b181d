import { PARTNER_SOURCE_PREFIX } from '../environment/partner-source.ts';
import type { FoundDestination } from './found-destination.ts';
import type { Mode, StripeConfiguration } from './stripe-configuration.ts';
import type { WantedDestination } from './wanted-destination.ts';
import { wantedTypes } from './wanted-types.ts';

/**
 * The declared destinations of the kind Amazon EventBridge, in one mode. Style and accounts are those that they were made
 * with, for neither can be changed; beside a webhook destination of the same kind every event comes twice, on purpose.
 */
export function wantedPartners(
  { partnerSources, domainsOff }: StripeConfiguration,
  mode: Mode,
  found: readonly FoundDestination[],
): readonly WantedDestination[] {
  return partnerSources
    .filter((declared) => declared.mode === mode)
    .map(({ name, source, payload, accounts }): WantedDestination => {
      const id = source.slice(PARTNER_SOURCE_PREFIX.length);
      const there = found.find((one) => one.id === id);
      const style = there?.payload ?? (payload === 'thin' ? 'thin' : 'snapshot');
      const whose = there?.accounts === 'connected' || accounts === 'connected' ? 'connected' : 'own';
      const declared = { name, mode, payload: style, accounts: whose } as const;
      return {
        slot: `${name}/${style}`,
        id,
        destination: name,
        api: 'v2',
        payload: style,
        accounts: whose,
        url: '',
        enabledEvents: wantedTypes(declared, style, whose, domainsOff),
      };
    });
}
