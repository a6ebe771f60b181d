import { AwsError } from '../aws/aws-error.ts';
import type { JsonOperation } from '../aws/json-service.ts';
import type { JsonReader } from '../json-reader.ts';
import type { Observations } from '../observe/observations.ts';
import { toBusEvent } from './bus-event.ts';
import { answerOf, checkRequest } from './entries.ts';
import type { EventBuses } from './event-buses.ts';
import { readEntry } from './read-entry.ts';

const MAX_ENTRIES = 10;

/** PutEvents: a wrong request fails as a whole, a wrong entry alone. */
export function putEvents(buses: EventBuses, observations: Observations): JsonOperation {
  return (input) => {
    const entries = input.objects('Entries');
    checkRequest(entries, MAX_ENTRIES);
    return answerOf(entries, (entry) => putEntry(entry, buses, observations));
  };
}

function putEntry(reader: JsonReader, buses: EventBuses, observations: Observations): string {
  const entry = readEntry(reader);
  const { bus, source, detailType, detail } = entry;
  // EventBridge takes an entry for a bus that does not exist, and drops it; here that is an error.
  if (!buses.names.has(bus)) throw new AwsError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
  const event = toBusEvent(entry, new Date());
  buses.publish(bus, event);
  observations.emit('published', { id: event.id, bus, source, detailType, detail });
  return event.id;
}
