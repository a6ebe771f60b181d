/** A message as an operator's command holds it: received, and hidden from others meanwhile. */
export interface DeadLetter {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** The message's own attributes of type String or Number. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly traceHeader?: string;
  /** When it was first enqueued, in Unix milliseconds: SQS counts its retention from there, through every DLQ. */
  readonly sentAt: number;
}

/** Milliseconds a DLQ keeps a message: 14 days, SQS's longest. */
export const DEAD_LETTER_RETENTION_MS = 14 * 24 * 60 * 60 * 1_000;
