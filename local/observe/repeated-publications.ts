import type { Observations } from './observations.ts';

const EVENT_IDS = /evt_\w+/g;

/**
 * How often a call that publishes an event was sent once more because its answer did not come in time, by the event's
 * id: where the machine stands still for a second or two the bus takes both. What a fault broke does not count.
 * @returns counted on as the calls are seen
 */
export function repeatedPublications(observations: Observations): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  observations.on('call-repeated', ({ operation, body, fault }) => {
    if (operation !== 'PutEvents' || fault !== undefined) return;
    for (const id of new Set(body.toString('utf8').match(EVENT_IDS))) counts.set(id, (counts.get(id) ?? 0) + 1);
  });
  return counts;
}
