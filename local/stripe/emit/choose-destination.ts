import type { Destination } from '#shared/environment/destination.ts';
import { type Emission, EmissionRefused } from './emission.ts';

/**
 * Where Stripe sends an event. A destination that is named gets what it is sent, also what it does not take; without
 * a name the first one that takes such events.
 * @throws {EmissionRefused} there is none
 */
export function chooseDestination(
  destinations: readonly Destination[],
  style: 'snapshot' | 'thin',
  { destination: name, livemode = false, account }: Emission,
): string {
  const known = destinations.map((destination) => destination.name).join(', ') || 'none';
  if (name !== undefined) {
    if (destinations.some((destination) => destination.name === name)) return name;
    throw new EmissionRefused(`There is no destination ${name}. Destinations of this stage: ${known}.`);
  }
  const mode = livemode ? 'live' : 'test';
  const accounts = account === undefined ? 'own' : 'connected';
  const found = destinations.find(
    (destination) =>
      ['both', mode].includes(destination.mode) &&
      ['either', style].includes(destination.payload) &&
      ['either', accounts].includes(destination.accounts),
  );
  if (found) return found.name;
  throw new EmissionRefused(
    `No destination of this stage takes ${mode}-mode ${style} events of ${accounts === 'own' ? 'the own account' : 'connected accounts'}. Destinations: ${known}. Name one, or declare one in infra/config.ts.`,
  );
}
