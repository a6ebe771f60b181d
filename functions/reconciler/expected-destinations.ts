import { compareDestinations } from '#shared/destinations/compare-destinations.ts';
import type { PlanItem } from '#shared/destinations/destination-plan.ts';
import { listDestinations } from '#shared/destinations/list-destinations.ts';
import { marksOf } from '#shared/destinations/marks.ts';
import type { Mode } from '#shared/destinations/stripe-configuration.ts';
import { wantedDestinations } from '#shared/destinations/wanted-destination.ts';
import { wantedPartners } from '#shared/destinations/wanted-partners.ts';
import type { ReconcilerPorts } from './ports.ts';

/** A destination by which events should have come. */
export interface Expected {
  /** Name in the configuration. */
  readonly name: string;
  readonly payload: 'snapshot' | 'thin';
  readonly accounts: 'own' | 'connected';
  readonly enabledEvents: readonly string[];
  /** Unix milliseconds: when it was made at Stripe; 0 for one that is gone. */
  readonly created: number;
}

/**
 * The destinations of a mode with the types that each enables at Stripe: what nobody asked for is not missing. Of one
 * that somebody deleted, after `fanout destinations apply` had made it, the configuration says what it enabled.
 * @throws as `StripeApi`
 */
export async function expectedDestinations(
  { configuration, webhookUrl, installation, stripe }: ReconcilerPorts,
  mode: Mode,
  signal: AbortSignal,
): Promise<readonly Expected[]> {
  const wanted = wantedDestinations(configuration, mode, webhookUrl);
  if (wanted.length === 0 && !configuration.partnerSources.some((source) => source.mode === mode)) return [];
  const found = await listDestinations(stripe, mode === 'live', new Set(wanted.map(({ api }) => api)), signal);
  const all = [...wanted, ...wantedPartners(configuration, mode, found)];
  const { items } = compareDestinations(all, found, { installation, secretStateOf: () => 'unseen' });
  const isOurs = ({ found: one }: PlanItem) => one !== undefined && marksOf(one, installation) !== undefined;
  const isApplied = items.some(isOurs);
  return items.flatMap(({ wanted: one, found: there }): Expected[] => {
    const { destination: name, payload, accounts } = one;
    if (there !== undefined) {
      return [{ name, payload, accounts, enabledEvents: there.enabledEvents, created: there.created }];
    }
    return isApplied ? [{ name, payload, accounts, enabledEvents: one.enabledEvents, created: 0 }] : [];
  });
}
