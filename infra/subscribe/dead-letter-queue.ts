import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { DLQ_RETENTION_SECONDS } from '#shared/queues/retention.ts';

export interface DeadLetterQueueOptions {
  readonly removalPolicy: RemovalPolicy;
  /** @default one that CloudFormation makes */
  readonly queueName?: string;
  /** @default false */
  readonly fifo?: boolean;
}

/** A queue for what failed: kept as long as SQS keeps anything, so that a holiday is no reason to lose it. */
export function deadLetterQueue(scope: Construct, id: string, options: DeadLetterQueueOptions): Queue {
  return new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.seconds(DLQ_RETENTION_SECONDS),
    removalPolicy: options.removalPolicy,
    ...(options.queueName !== undefined && { queueName: options.queueName }),
    ...(options.fifo && { fifo: true }),
  });
}
