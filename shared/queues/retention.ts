/** Seconds a work queue keeps a message: SQS's default, and long enough for a weekend. */
export const QUEUE_RETENTION_SECONDS = 4 * 24 * 60 * 60;

/**
 * Seconds a DLQ keeps a message: SQS's longest. It counts from the first enqueue, so a message that waited in its
 * queue first has that much less.
 */
export const DLQ_RETENTION_SECONDS = 14 * 24 * 60 * 60;
