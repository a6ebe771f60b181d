import { ACCOUNT, arn } from '../assembly/account.ts';
import { AwsError } from '../aws/aws-error.ts';
import type { Observations } from '../observe/observations.ts';
import type { TimeScale } from '../time-scale.ts';
import { contentId, Deduplication } from './deduplication.ts';
import type { Message, MessageAttributes } from './message.ts';
import { newMessage } from './new-message.ts';
import { Queue } from './queue.ts';
import type { RedrivePolicy } from './redrive-policy.ts';

const DEFAULTS: Readonly<Record<string, string>> = {
  VisibilityTimeout: '30',
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
};

export interface NewQueue {
  readonly attributes: ReadonlyMap<string, string>;
  readonly awsAddress: string;
  readonly redrive?: RedrivePolicy | undefined;
  readonly account?: string;
}

/** What is sent. Group and deduplication id are for FIFO queues; the latter is made of the body where it is not given. */
export interface NewMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly delaySeconds?: number | undefined;
  readonly traceHeader?: string | undefined;
  readonly group?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

/** All queues of the runtime, by name, URL and ARN. */
export class Queues {
  readonly #byName = new Map<string, Queue>();
  readonly #deduplications = new Map<Queue, Deduplication>();
  readonly #scale: TimeScale;
  readonly #observations: Observations;

  constructor(scale: TimeScale, observations: Observations) {
    this.#scale = scale;
    this.#observations = observations;
  }

  /** @param awsAddress the local AWS endpoint, which its URL begins with */
  create(name: string, { attributes, awsAddress, redrive, account = ACCOUNT }: NewQueue): Queue {
    const queue = new Queue({
      name,
      arn: arn('sqs', name, account),
      url: `${awsAddress}/${account}/${name}`,
      attributes: new Map([...Object.entries(DEFAULTS), ...attributes]),
      deadLetter: (source, message, policy) => this.#deadLetter(source, message, policy),
      onChange: () => this.#observations.emit('changed'),
    });
    queue.redrivePolicy = redrive;
    this.#byName.set(name, queue);
    return queue;
  }

  all(): Queue[] {
    return [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): Queue | undefined {
    return this.#byName.get(name);
  }

  findByArn(queueArn: string): Queue | undefined {
    const queue = this.find(queueArn.split(':').at(-1) ?? '');
    return queue?.arn === queueArn ? queue : undefined;
  }

  /**
   * Finds the queue of a URL by its last segment, whatever host it names.
   * @throws {AwsError} there is none
   */
  ofUrl(url: string): Queue {
    const queue = this.find(url.split('/').at(-1) ?? '');
    if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  /**
   * Puts a new message into a queue after the queue's own delay, or another one. A FIFO queue takes a message once that
   * is sent twice within five minutes.
   * @returns the message's id
   * @throws {AwsError} it is for a FIFO queue and lacks its group, or what it could be told apart by
   */
  send(queue: Queue, { body, attributes, delaySeconds, traceHeader, group, deduplicationId }: NewMessage): string {
    const grouped = queue.isFifo
      ? { id: requiredGroup(group), deduplicationId: deduplicationId ?? contentIdFor(queue, body) }
      : undefined;
    const sent = this.#deduplications.get(queue) ?? new Deduplication(this.#scale);
    this.#deduplications.set(queue, sent);
    const before = grouped && sent.find(grouped.deduplicationId);
    if (before !== undefined) return before;
    const message = newMessage(body, attributes, traceHeader, grouped);
    if (grouped) sent.remember(grouped.deduplicationId, message.id);
    queue.enqueue(message, this.#scale.wait(delaySeconds ?? Number(queue.attributes.get('DelaySeconds'))));
    return message.id;
  }

  /** @param visibilitySeconds instead of the queue's own visibility timeout */
  receive(queue: Queue, max: number, visibilitySeconds?: number): Message[] {
    const seconds = visibilitySeconds ?? Number(queue.attributes.get('VisibilityTimeout'));
    return queue.receive(max, this.#scale.visibility(seconds));
  }

  /** @throws {AwsError} the message is not in flight */
  changeVisibility(queue: Queue, handle: string, seconds: number): void {
    if (!queue.changeVisibility(handle, this.#scale.wait(seconds))) {
      throw new AwsError('MessageNotInflight', 'The message is not in flight: it was deleted, or is visible again.');
    }
  }

  /** Ends all timers. */
  stop(): void {
    for (const queue of this.all()) queue.purge();
  }

  #deadLetter(source: Queue, message: Message, policy: RedrivePolicy): boolean {
    const target = this.findByArn(policy.deadLetterTargetArn);
    // A queue whose DLQ does not exist hands its messages out for ever, as in SQS.
    if (!target) return false;
    message.deadLetterSource = source.arn;
    target.enqueue(message);
    this.#observations.emit('dead-lettered', {
      queue: source.name,
      dlq: target.name,
      messageId: message.id,
      body: message.body,
    });
    this.#observations.emit('changed');
    return true;
  }
}

function contentIdFor({ attributes }: Queue, body: string): string {
  if (attributes.get('ContentBasedDeduplication') === 'true') return contentId(body);
  throw new AwsError(
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly.',
  );
}

function requiredGroup(group: string | undefined): string {
  if (group !== undefined && group !== '') return group;
  throw new AwsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
}
