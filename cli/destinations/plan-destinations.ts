import { compareDestinations, type SecretState } from '#shared/destinations/compare-destinations.ts';
import type { DestinationPlan } from '#shared/destinations/destination-plan.ts';
import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import type { SecretDocument } from '#shared/destinations/secret-document.ts';
import { wantedPartners } from '#shared/destinations/wanted-partners.ts';
import type { StripeSide } from './stripe-side.ts';

/** What is to be done so that Stripe has what the configuration says. Only reads. */
export async function planDestinations(side: StripeSide, signal: AbortSignal): Promise<DestinationPlan> {
  const [found, document] = await Promise.all([
    side.destinations.list(new Set(side.wanted.map(({ api }) => api)), signal),
    side.secrets.read(signal),
  ]);
  const wanted = [...side.wanted, ...wantedPartners(side.configuration, side.mode, found)];
  return compareDestinations(wanted, found, {
    installation: side.installation,
    secretStateOf: (one, destination) => secretState(document, one, destination),
  });
}

/** What is known of a destination's secret. One that was stored by hand does not say whose it is. */
export function secretState(document: SecretDocument, { id }: FoundDestination, destination: string): SecretState {
  if (document.fingerprintOf(id, destination) !== undefined) return 'stored';
  return document.strangersOf(destination) > 0 ? 'by hand' : 'missing';
}
