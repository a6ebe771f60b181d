import { AwsError } from '../../aws/aws-error.ts';
import { readEntries, settleEntries } from '../batch.ts';
import { readSendable } from '../queue-input.ts';
import type { SqsAction } from '../sqs-context.ts';
import { enqueueAndReceipt } from './send-message.ts';

/** All messages of a batch together: 1 MiB. */
const MAX_BATCH_BYTES = 1_048_576;

export const sendMessageBatch: SqsAction =
  ({ queues }) =>
  (input) => {
    const queue = queues.ofUrl(input.string('QueueUrl'));
    const entries = readEntries(input);
    const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(entry.string('MessageBody')), 0);
    if (bytes > MAX_BATCH_BYTES) {
      throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes.`);
    }
    return settleEntries(entries, (entry) => enqueueAndReceipt(queues, queue, readSendable(entry, queue)));
  };
