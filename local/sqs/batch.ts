import { AwsError } from '../aws/aws-error.ts';
import type { JsonReader } from '../json-reader.ts';

/** SQS's limit of entries in a batch. */
const MAX_ENTRIES = 10;

/** Checks what all batches have in common: 1 to 10 entries with distinct ids. */
export function readEntries(input: JsonReader): JsonReader[] {
  const entries = input.objects('Entries');
  if (entries.length === 0)
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > MAX_ENTRIES) {
    throw new AwsError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${MAX_ENTRIES}.`);
  }
  if (new Set(entries.map((entry) => entry.string('Id'))).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two entries of the batch have the same Id.');
  }
  return entries;
}

/** Performs each entry by itself: one that fails does not keep the others from being done. */
export function settleEntries(entries: readonly JsonReader[], perform: (entry: JsonReader) => object) {
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    const Id = entry.string('Id');
    try {
      Successful.push({ Id, ...perform(entry) });
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      Failed.push({ Id, Code: thrown.code, Message: thrown.message, SenderFault: thrown.status < 500 });
    }
  }
  return { Successful, Failed };
}
