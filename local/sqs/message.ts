/** A message attribute as SQS's JSON protocol writes it; binary values are base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What a message of a FIFO queue is ordered and told apart by. */
export interface MessageGroup {
  readonly id: string;
  readonly deduplicationId: string;
}

/** A message in a queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader: string | undefined;
  /** Only in a FIFO queue. */
  readonly group: MessageGroup | undefined;
  /** Unix milliseconds. */
  readonly sentAt: number;
  firstReceivedAt: number | undefined;
  receiveCount: number;
  /** Its place among all that its queue has ever held. */
  sequence: number;
  /** Whether it is hidden for as long as an invocation works on it. */
  isHeld: boolean;
  /** The latest receipt handle; older ones are no longer good. */
  handle: string | undefined;
  /** ARN of the queue whose redrive policy moved it here. */
  deadLetterSource: string | undefined;
}
