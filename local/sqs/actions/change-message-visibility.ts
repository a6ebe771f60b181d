import type { JsonReader } from '../../json-reader.ts';
import { readEntries, settleEntries } from '../batch.ts';
import { invalidParameter, visibilityTimeout } from '../queue-input.ts';
import type { SqsAction } from '../sqs-context.ts';

export const changeMessageVisibility: SqsAction =
  ({ queues }) =>
  (input) =>
    queues.changeVisibility(queues.ofUrl(input.string('QueueUrl')), input.string('ReceiptHandle'), required(input));

export const changeMessageVisibilityBatch: SqsAction =
  ({ queues }) =>
  (input) => {
    const queue = queues.ofUrl(input.string('QueueUrl'));
    return settleEntries(readEntries(input), (entry) => {
      queues.changeVisibility(queue, entry.string('ReceiptHandle'), required(entry));
      return {};
    });
  };

function required(input: JsonReader): number {
  const seconds = visibilityTimeout(input);
  if (seconds === undefined) throw invalidParameter('VisibilityTimeout is missing.');
  return seconds;
}
