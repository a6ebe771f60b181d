import { md5, md5OfAttributes } from '../md5.ts';
import type { Message } from '../message.ts';
import { inRange, visibilityTimeout } from '../queue-input.ts';
import type { SqsAction } from '../sqs-context.ts';
import { systemAttributes } from '../system-attributes.ts';

export const receiveMessage: SqsAction =
  ({ queues }) =>
  async (input, { signal }) => {
    const queue = queues.ofUrl(input.string('QueueUrl'));
    const max = inRange(input, 'MaxNumberOfMessages', 1, 10) ?? 1;
    const waitSeconds = inRange(input, 'WaitTimeSeconds', 0, 20);
    const visibility = visibilityTimeout(input);
    const take = () => (signal.aborted ? [] : queues.receive(queue, max, visibility));
    const wait = (waitSeconds ?? Number(queue.attributes.get('ReceiveMessageWaitTimeSeconds'))) * 1000;
    const deadline = Date.now() + wait;
    let messages = take();
    // Another receiver may have been faster, or the message may have gone to the DLQ.
    while (messages.length === 0 && Date.now() < deadline && !signal.aborted) {
      await queue.waitForMessage(deadline - Date.now(), signal);
      messages = take();
    }
    const wanted = wants([...input.strings('AttributeNames'), ...input.strings('MessageSystemAttributeNames')]);
    const wantedOwn = wants(input.strings('MessageAttributeNames'));
    return messages.length === 0 ? {} : { Messages: messages.map((message) => present(message, wanted, wantedOwn)) };
  };

type Wants = (name: string) => boolean;

function present(message: Message, wanted: Wants, wantedOwn: Wants) {
  const system = Object.entries(systemAttributes(message)).filter(([name]) => wanted(name));
  const own = Object.fromEntries(Object.entries(message.attributes).filter(([name]) => wantedOwn(name)));
  const digest = md5OfAttributes(own);
  return {
    MessageId: message.id,
    ReceiptHandle: message.handle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(system.length > 0 ? { Attributes: Object.fromEntries(system) } : {}),
    ...(digest ? { MessageAttributes: own, MD5OfMessageAttributes: digest } : {}),
  };
}

/** `All`, `.*`, a name, or a prefix that ends in `.*`. */
function wants(names: readonly string[]): Wants {
  const prefixes = names.filter((name) => name.endsWith('.*')).map((name) => name.slice(0, -2));
  return (name) => names.includes('All') || names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix));
}
