import { AwsError } from '../../aws/aws-error.ts';
import type { Queue } from '../queue.ts';
import { invalidParameter } from '../queue-input.ts';
import { readRedrivePolicy } from '../redrive-policy.ts';
import type { SqsAction } from '../sqs-context.ts';

export const getQueueAttributes: SqsAction =
  ({ queues }) =>
  (input) => {
    const names = input.strings('AttributeNames');
    const all = Object.entries(attributesOf(queues.ofUrl(input.string('QueueUrl'))));
    return { Attributes: Object.fromEntries(all.filter(([name]) => names.includes('All') || names.includes(name))) };
  };

export const setQueueAttributes: SqsAction =
  ({ queues }) =>
  (input) => {
    const queue = queues.ofUrl(input.string('QueueUrl'));
    const given = input.stringMap('Attributes');
    if (given.has('QueueArn')) throw new AwsError('InvalidAttributeName', 'QueueArn cannot be set.');
    if (given.has('RedrivePolicy'))
      queue.redrivePolicy = readRedrivePolicy(given.get('RedrivePolicy'), invalidParameter);
    given.delete('RedrivePolicy');
    for (const [name, value] of given) queue.attributes.set(name, value);
  };

function attributesOf(queue: Queue): Record<string, string> {
  const { visible, inFlight, delayed } = queue.depth();
  return {
    ...Object.fromEntries(queue.attributes),
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ...(queue.redrivePolicy ? { RedrivePolicy: JSON.stringify(queue.redrivePolicy) } : {}),
  };
}
