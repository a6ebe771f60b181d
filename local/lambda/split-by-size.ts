/**
 * Cuts a batch so that each part's JSON stays within Lambda's limit for a request; a single record is always taken.
 * @param limit bytes
 */
export function splitBySize<T>(records: readonly T[], limit: number): T[][] {
  const parts: T[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record)) + 1;
    if (bytes + size > limit) {
      parts.push([]);
      bytes = Buffer.byteLength('{"Records":[]}');
    }
    parts.at(-1)?.push(record);
    bytes += size;
  }
  return parts;
}
