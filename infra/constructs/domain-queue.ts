import { Aws, Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DLQ_RETENTION_SECONDS, QUEUE_RETENTION_SECONDS } from '#shared/queues/retention.ts';
import { visibilityTimeout } from './visibility-timeout.ts';

export interface DomainQueueProps {
  readonly queueName: string;
  readonly deadLetterQueueName: string;
  /** ARN patterns of the rules that deliver to the queue, and to its DLQ what they could not deliver. */
  readonly rules: readonly string[];
  /** Timeout of the handler that drains the queue, in whole seconds: visibility follows from it. */
  readonly handlerTimeout: Duration;
  /** How long a batch may wait to fill up, in whole seconds. */
  readonly batchingWindow: Duration;
  /** Receives before SQS moves a message to the DLQ. */
  readonly maxReceiveCount: number;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * A work queue and its DLQ, which is also the DLQ of the rules that feed it: one place holds all that failed. Owns
 * retention, retries and who may send; knows nothing of patterns or handlers.
 */
export class DomainQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: DomainQueueProps) {
    super(scope, id);
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, removalPolicy: props.removalPolicy };

    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      ...common,
      queueName: props.deadLetterQueueName,
      // SQS's longest, and longer than the queue's: a message that SQS moves keeps its first enqueue time.
      retentionPeriod: Duration.seconds(DLQ_RETENTION_SECONDS),
    });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      queueName: props.queueName,
      retentionPeriod: Duration.seconds(QUEUE_RETENTION_SECONDS),
      visibilityTimeout: Duration.seconds(
        visibilityTimeout(props.handlerTimeout.toSeconds(), props.batchingWindow.toSeconds()),
      ),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: props.maxReceiveCount },
    });
    if (props.rules.length === 0) return;
    for (const queue of [this.queue, this.deadLetterQueue]) queue.addToResourcePolicy(deliveryFrom(props.rules, queue));
  }
}

/**
 * One statement for all rules. CDK's own target adds a statement with a condition for each rule, and a
 * queue policy may hold ten conditions: domains with more rules could not be deployed.
 */
function deliveryFrom(rules: readonly string[], queue: Queue): PolicyStatement {
  return new PolicyStatement({
    sid: 'AllowRulesOfTheBus',
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal('events.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: {
      ArnLike: { 'aws:SourceArn': rules.length === 1 ? rules[0] : rules },
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
    },
  });
}
