import { readEntries, settleEntries } from '../batch.ts';
import type { SqsAction } from '../sqs-context.ts';

export const deleteMessage: SqsAction =
  ({ queues }) =>
  (input) =>
    queues.ofUrl(input.string('QueueUrl')).delete(input.string('ReceiptHandle'));

export const deleteMessageBatch: SqsAction =
  ({ queues }) =>
  (input) => {
    const queue = queues.ofUrl(input.string('QueueUrl'));
    return settleEntries(readEntries(input), (entry) => {
      queue.delete(entry.string('ReceiptHandle'));
      return {};
    });
  };
