const KB = 1_000;

/**
 * KB of an event that are not its object's row: that of an event of 4 KB takes 2.2 write units, the average over Stripe's
 * example objects.
 */
const AROUND_OBJECT_KB = 1.8;
/** KB above which an object is in the bucket, and its row only says where. */
const ROW_LIMIT_KB = 300;

/**
 * EventBridge and SQS bill each 64 KB of an event, a message or a batch as one. Rounded up a little early, for an event
 * has some bytes around it on the way.
 */
export function chunksOf(kb: number): number {
  return Math.ceil(kb / 64);
}

/**
 * HTTP APIs bill each 512 KB of a request as one.
 * @see https://aws.amazon.com/api-gateway/pricing/
 */
export function httpRequestsOf(kb: number): number {
  return Math.ceil(kb / 512);
}

/**
 * Requests to SQS for one message: sent by itself, received with others, of which each 64 KB are one, and deleted with
 * them.
 */
export function queueRequestsOf(kb: number, batch: number): number {
  return chunksOf(kb) + chunksOf(kb * batch) / batch + 1 / batch;
}

/** What the row of an event's object takes on average: not whole units, as each row by itself. */
export interface ObjectUnits {
  readonly written: number;
  readonly read: number;
  /** KB of the object that are in the bucket, and not in the row. */
  readonly bucketKb: number;
}

export function objectUnits(eventKb: number): ObjectUnits {
  const objectKb = Math.max(1, eventKb - AROUND_OBJECT_KB);
  const bucketKb = objectKb > ROW_LIMIT_KB ? objectKb : 0;
  const written = bucketKb > 0 ? 1 : objectKb;
  return { written, read: Math.ceil(written / 4), bucketKb };
}

export function gigabytes(kb: number): number {
  return (kb * KB) / 1e9;
}
