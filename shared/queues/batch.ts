import type { QueueMessage } from '../ports/messages.ts';

/** The parts of Lambda's SQS event that are read. */
export interface SqsBatch {
  readonly Records: readonly {
    readonly messageId: string;
    readonly receiptHandle: string;
    readonly body: string;
    readonly attributes: { readonly ApproximateReceiveCount: string };
  }[];
}

/** Lambda's partial batch response: the messages named here stay in the queue. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export function messagesIn({ Records }: SqsBatch): readonly QueueMessage[] {
  return Records.map(({ messageId, receiptHandle, body, attributes }) => ({
    messageId,
    receiptHandle,
    body,
    receiveCount: Number(attributes.ApproximateReceiveCount),
  }));
}
