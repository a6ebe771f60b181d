import type { Duration } from 'aws-cdk-lib';
import { Policy } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow } from '../constructs/allow.ts';

export interface QueueConsumerProps {
  readonly handler: IFunction;
  readonly queue: Queue;
  /** Where events are that are too large for the bus. */
  readonly payloadBucketArn: string;
  readonly batchSize: number;
  readonly maxConcurrency: number;
  /** @default none */
  readonly batchingWindow?: Duration;
}

/**
 * Lets a function drain a queue, and read the events that the bus only refers to. The permissions are a policy of
 * their own, so that function and subscription may be in two stacks.
 */
export class QueueConsumer extends Construct {
  constructor(scope: Construct, id: string, props: QueueConsumerProps) {
    super(scope, id);
    const { handler, queue, payloadBucketArn } = props;
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: handler,
      eventSourceArn: queue.queueArn,
      batchSize: props.batchSize,
      maxConcurrency: props.maxConcurrency,
      ...(props.batchingWindow !== undefined && { maxBatchingWindow: props.batchingWindow }),
      // One bad event is tried again by itself, not with the nine beside it.
      reportBatchItemFailures: true,
    });
    if (handler.role === undefined) return;
    const policy = new Policy(this, 'Policy', {
      roles: [handler.role],
      statements: [
        allow(
          'DrainSubscription',
          ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
          [queue.queueArn],
        ),
        allow('ReadLargeStripeEvents', ['s3:GetObject'], [`${payloadBucketArn}/events/*`]),
      ],
    });
    // Lambda tries the permission when the mapping is made.
    mapping.node.addDependency(policy);
  }
}
