import type { SqsAction } from '../sqs-context.ts';

export const purgeQueue: SqsAction =
  ({ queues }) =>
  (input) =>
    queues.ofUrl(input.string('QueueUrl')).purge();
