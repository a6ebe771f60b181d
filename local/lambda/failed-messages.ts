import { isRecord } from '#shared/event/stripe-event.ts';

/**
 * Which messages of a batch a function's result calls failed, by Lambda's rules: nothing or an empty list means that
 * all went well; a result that cannot be understood means that none did.
 * @param result JSON text, or `undefined` when the function returned nothing
 * @param ids of the batch
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedMessages(result: string | undefined, ids: readonly string[]): ReadonlySet<string> {
  const all = new Set(ids);
  const response = parse(result);
  if (response === undefined || response === null) return new Set();
  if (!isRecord(response)) return all;
  const failures = response.batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return all;
  const failed = new Set<string>();
  for (const failure of failures) {
    const id: unknown = isRecord(failure) ? failure.itemIdentifier : undefined;
    if (typeof id !== 'string' || !all.has(id)) return all;
    failed.add(id);
  }
  return failed;
}

function parse(result: string | undefined): unknown {
  return result === undefined ? undefined : JSON.parse(result);
}
