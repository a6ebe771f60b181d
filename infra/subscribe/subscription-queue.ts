import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { QUEUE_RETENTION_SECONDS } from '#shared/queues/retention.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';

export interface SubscriptionQueueProps {
  readonly fifo: boolean;
  readonly visibilityTimeout: Duration;
  /** Receives before SQS moves a message to the DLQ. */
  readonly maxReceiveCount: number;
  readonly removalPolicy: RemovalPolicy;
  /**
   * Name of the queue and, with `-dlq`, of the DLQ.
   * @default ones that CloudFormation makes
   */
  readonly queueName?: string;
}

/**
 * A subscription's own queue, and where what fails waits: for a standard queue one DLQ, for what the rule could not
 * deliver and what the function gave up on. A FIFO queue needs a second one, for a rule's must be standard and its own
 * must be FIFO.
 */
export class SubscriptionQueue extends Construct {
  readonly queue: Queue;
  /** For what the rule could not deliver. */
  readonly deadLetterQueue: Queue;
  readonly deadLetterQueues: readonly Queue[];

  constructor(scope: Construct, id: string, props: SubscriptionQueueProps) {
    super(scope, id);
    const { fifo, removalPolicy, queueName } = props;
    const named = (ending: string) => (queueName === undefined ? {} : { queueName: `${queueName}${ending}` });
    this.deadLetterQueue = deadLetterQueue(this, 'DeadLetterQueue', { removalPolicy, ...named('-dlq') });
    const givenUp = fifo
      ? deadLetterQueue(this, 'FifoDeadLetterQueue', { removalPolicy, fifo, ...named('-dlq.fifo') })
      : this.deadLetterQueue;
    this.deadLetterQueues = fifo ? [this.deadLetterQueue, givenUp] : [givenUp];
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.seconds(QUEUE_RETENTION_SECONDS),
      visibilityTimeout: props.visibilityTimeout,
      deadLetterQueue: { queue: givenUp, maxReceiveCount: props.maxReceiveCount },
      removalPolicy,
      ...named(fifo ? '.fifo' : ''),
      ...(fifo && {
        fifo: true,
        // EventBridge names no deduplication id.
        contentBasedDeduplication: true,
        deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
        fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      }),
    });
  }
}
