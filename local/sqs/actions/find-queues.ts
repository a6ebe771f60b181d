import { AwsError } from '../../aws/aws-error.ts';
import type { SqsAction } from '../sqs-context.ts';

export const getQueueUrl: SqsAction =
  ({ queues }) =>
  (input) => {
    const queue = queues.find(input.string('QueueName'));
    if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return { QueueUrl: queue.url };
  };

export const listQueues: SqsAction =
  ({ queues }) =>
  (input) => {
    const prefix = input.optionalString('QueueNamePrefix') ?? '';
    return { QueueUrls: queues.all().flatMap(({ name, url }) => (name.startsWith(prefix) ? [url] : [])) };
  };

/** Lower-case `queueUrls` is how this one operation spells it. */
export const listDeadLetterSourceQueues: SqsAction =
  ({ queues }) =>
  (input) => {
    const { arn } = queues.ofUrl(input.string('QueueUrl'));
    const sources = queues.all().filter(({ redrivePolicy }) => redrivePolicy?.deadLetterTargetArn === arn);
    return { queueUrls: sources.map(({ url }) => url) };
  };
