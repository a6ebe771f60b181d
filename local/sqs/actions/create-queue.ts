import { invalidParameter } from '../queue-input.ts';
import { readRedrivePolicy } from '../redrive-policy.ts';
import type { SqsAction } from '../sqs-context.ts';

/** Lets a person add a queue of their own to try things with. */
export const createQueue: SqsAction =
  ({ queues }) =>
  (input, { origin }) => {
    const name = input.string('QueueName');
    if (!/^(?=.{1,80}$)[\w-]+(\.fifo)?$/.test(name))
      throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores; 1 to 80 in length.');
    const attributes = input.stringMap('Attributes');
    const redrive = readRedrivePolicy(attributes.get('RedrivePolicy'), invalidParameter);
    attributes.delete('RedrivePolicy');
    return { QueueUrl: (queues.find(name) ?? queues.create(name, { attributes, awsAddress: origin, redrive })).url };
  };
