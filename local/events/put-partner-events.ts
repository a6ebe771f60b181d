import { AwsError } from '../aws/aws-error.ts';
import type { JsonOperation } from '../aws/json-service.ts';
import type { Observations } from '../observe/observations.ts';
import { toBusEvent } from './bus-event.ts';
import { answerOf, checkRequest } from './entries.ts';
import type { EventBuses } from './event-buses.ts';
import { type PutEventsEntry, readPartnerEntry } from './read-entry.ts';

/** Twice as many as those of PutEvents. */
const MAX_ENTRIES = 20;

/** PutPartnerEvents, by which a partner of AWS publishes: each entry goes to the bus that its source is matched with. */
export function putPartnerEvents(buses: EventBuses, observations: Observations): JsonOperation {
  return (input) => {
    const entries = input.objects('Entries');
    checkRequest(entries, MAX_ENTRIES);
    return answerOf(entries, (entry) => publishPartnerEvent(readPartnerEntry(entry), buses, observations));
  };
}

/**
 * Puts one event on the bus of its source, from where the bus's rules take it.
 * @returns its id
 * @throws {AwsError} no bus is matched with the source: AWS drops what is sent to such a one
 */
export function publishPartnerEvent(entry: PutEventsEntry, buses: EventBuses, observations: Observations): string {
  const { bus, source, detailType, detail } = entry;
  if (!buses.names.has(bus)) {
    throw new AwsError('ResourceNotFoundException', `No event bus is matched with the event source ${source}.`);
  }
  const event = toBusEvent(entry, new Date());
  buses.publish(bus, event);
  observations.emit('published', { id: event.id, bus, source, detailType, detail });
  return event.id;
}
