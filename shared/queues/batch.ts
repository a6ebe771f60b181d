import type { QueueMessage } from '../ports/messages.ts';

/** The parts of Lambda's SQS event that are read. */
export interface SqsBatch {
  readonly Records: readonly {
    readonly messageId: string;
    readonly receiptHandle: string;
    readonly body: string;
    /** Of the queue: all records of a batch come from one. */
    readonly eventSourceARN?: string;
    readonly attributes: { readonly ApproximateReceiveCount: string };
  }[];
}

/** Lambda's partial batch response: the messages named here stay in the queue. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Whether a batch comes from the queue of that URL. */
export function isFrom({ Records }: SqsBatch, queueUrl: string): boolean {
  return Records[0]?.eventSourceARN?.split(':').at(-1) === queueUrl.split('/').at(-1);
}

export function messagesIn({ Records }: SqsBatch): readonly QueueMessage[] {
  return Records.map(({ messageId, receiptHandle, body, attributes }) => ({
    messageId,
    receiptHandle,
    body,
    receiveCount: Number(attributes.ApproximateReceiveCount),
  }));
}
