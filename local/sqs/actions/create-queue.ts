import { invalidParameter } from '../queue-input.ts';
import { readRedrivePolicy } from '../redrive-policy.ts';
import type { SqsAction } from '../sqs-context.ts';

/** Lets a person add a queue of their own to try things with. */
export const createQueue: SqsAction =
  ({ queues }) =>
  (input, { origin }) => {
    const name = input.string('QueueName');
    if (!/^[\w-]{1,80}$/.test(name))
      throw invalidParameter(
        'Can only include alphanumeric characters, hyphens, or underscores; 1 to 80 in length. FIFO queues are not emulated.',
      );
    const attributes = input.stringMap('Attributes');
    const redrive = readRedrivePolicy(attributes.get('RedrivePolicy'), invalidParameter);
    attributes.delete('RedrivePolicy');
    return { QueueUrl: (queues.find(name) ?? queues.create(name, attributes, origin, redrive)).url };
  };
