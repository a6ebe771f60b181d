import { AwsError } from '../aws/aws-error.ts';
import type { JsonReader } from '../json-reader.ts';

/** All entries of a request together stay below 1 MB. */
const MAX_REQUEST_BYTES = 1024 * 1024;
/** What an explicit time counts. */
const TIME_BYTES = 14;

/** @throws {AwsError} the request is wrong as a whole */
export function checkRequest(entries: readonly JsonReader[], maxEntries: number): void {
  if (entries.length === 0 || entries.length > maxEntries) {
    throw new AwsError(
      'ValidationException',
      `Entries has ${entries.length} members; 1 to ${maxEntries} were expected.`,
    );
  }
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  if (bytes < MAX_REQUEST_BYTES) return;
  throw new AwsError(
    'ValidationException',
    `Total size of the entries in the request is over the limit: ${bytes} bytes.`,
  );
}

/**
 * The answer to a request whose entries succeed and fail by themselves.
 * @param put takes one entry and gives its event's id
 */
export function answerOf(entries: readonly JsonReader[], put: (entry: JsonReader) => string) {
  const results = entries.map((entry) => {
    try {
      return { EventId: put(entry) };
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      return { ErrorCode: thrown.code, ErrorMessage: thrown.message };
    }
  });
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
function entryBytes(entry: JsonReader): number {
  const texts = [entry.value.Source, entry.value.DetailType, entry.value.Detail, ...entry.strings('Resources')];
  const time = entry.value.Time === undefined ? 0 : TIME_BYTES;
  return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0), time);
}
