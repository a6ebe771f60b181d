/** A message attribute as SQS's JSON protocol writes it; binary values are base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message in a queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader: string | undefined;
  /** Unix milliseconds. */
  readonly sentAt: number;
  firstReceivedAt: number | undefined;
  receiveCount: number;
  /** The latest receipt handle; older ones are no longer good. */
  handle: string | undefined;
  /** ARN of the queue whose redrive policy moved it here. */
  deadLetterSource: string | undefined;
}
