/** What a handler knows of the message it was given. */
export interface QueueMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** 1 for the first time; a redrive from the DLQ starts again. */
  readonly receiveCount: number;
}

/** A handler's own queue, and the DLQ beside it. */
export interface Messages {
  /**
   * Hides a message that stays in the queue.
   * @param seconds 0 to 43,200
   * @throws {QueueUnavailable}
   */
  hide(message: QueueMessage, seconds: number, signal: AbortSignal): Promise<void>;
  /**
   * Puts a copy into the DLQ with its reason; the message itself is then done.
   * @throws {QueueUnavailable}
   */
  park(
    message: QueueMessage,
    reason: { readonly code: string; readonly message: string },
    signal: AbortSignal,
  ): Promise<void>;
}
