import { AwsError } from '../aws/aws-error.ts';
import type { JsonOperation } from '../aws/json-service.ts';
import type { JsonReader } from '../json-reader.ts';
import type { Observations } from '../observe/observations.ts';
import { toBusEvent } from './bus-event.ts';
import type { EventBuses } from './event-buses.ts';
import { readEntry } from './read-entry.ts';

const MAX_ENTRIES = 10;
/** All entries of a request together stay below 1 MB. */
const MAX_REQUEST_BYTES = 1024 * 1024;
/** What an explicit time counts. */
const TIME_BYTES = 14;

/** PutEvents: a wrong request fails as a whole, a wrong entry alone. */
export function putEvents(buses: EventBuses, observations: Observations): JsonOperation {
  return (input) => {
    const entries = input.objects('Entries');
    if (entries.length === 0 || entries.length > MAX_ENTRIES) {
      throw new AwsError(
        'ValidationException',
        `Entries has ${entries.length} members; 1 to ${MAX_ENTRIES} were expected.`,
      );
    }
    const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
    if (bytes >= MAX_REQUEST_BYTES) {
      throw new AwsError(
        'ValidationException',
        `Total size of the entries in the request is over the limit: ${bytes} bytes.`,
      );
    }
    const results = entries.map((entry) => putEntry(entry, buses, observations));
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };
}

function putEntry(reader: JsonReader, buses: EventBuses, observations: Observations) {
  try {
    const entry = readEntry(reader);
    const { bus, source, detailType, detail } = entry;
    // EventBridge takes an entry for a bus that does not exist, and drops it; here that is an error.
    if (!buses.names.has(bus)) throw new AwsError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
    const event = toBusEvent(entry, new Date());
    buses.publish(bus, event);
    observations.emit('published', { id: event.id, bus, source, detailType, detail });
    return { EventId: event.id };
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    return { ErrorCode: thrown.code, ErrorMessage: thrown.message };
  }
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
function entryBytes(entry: JsonReader): number {
  const texts = [entry.value.Source, entry.value.DetailType, entry.value.Detail, ...entry.strings('Resources')];
  const time = entry.value.Time === undefined ? 0 : TIME_BYTES;
  return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0), time);
}
