import { isRecord } from '#shared/event/stripe-event.ts';
import { withFaults } from '../faults/with-faults.ts';
import type { SharedParts } from '../shared-parts.ts';
import type { EventBuses } from './event-buses.ts';
import { publishPartnerEvent } from './put-partner-events.ts';

/**
 * How Stripe's stand-in publishes: by PutPartnerEvents, from inside. Faults for that operation meet it.
 * @returns puts an event, as JSON text with its type in it, on the bus of its source
 */
export function partnerEventsOf(buses: EventBuses, { faults, observations }: SharedParts) {
  return async (source: string, detail: string): Promise<void> => {
    const event: unknown = JSON.parse(detail);
    const detailType = isRecord(event) ? String(event.type) : '';
    const entry = { bus: source, source, detailType, detail, resources: [], time: undefined };
    const text = () => `${source}\n${detail}`;
    await withFaults(faults, 'events', 'PutPartnerEvents', text, () => publishPartnerEvent(entry, buses, observations));
  };
}
