import { md5, md5OfAttributes } from '../md5.ts';
import type { Queue } from '../queue.ts';
import { readSendable, type Sendable } from '../queue-input.ts';
import type { Queues } from '../queues.ts';
import type { SqsAction } from '../sqs-context.ts';

export const sendMessage: SqsAction =
  ({ queues }) =>
  (input) => {
    const queue = queues.ofUrl(input.string('QueueUrl'));
    return enqueueAndReceipt(queues, queue, readSendable(input, queue));
  };

/** Sends, and says what the client compares with what it sent. */
export function enqueueAndReceipt(queues: Queues, queue: Queue, sendable: Sendable) {
  const { body, attributes } = sendable;
  return {
    MessageId: queues.send(queue, sendable),
    MD5OfMessageBody: md5(body),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
  };
}
