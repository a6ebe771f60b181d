import type { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import type { HandlerEnvironment } from '#shared/environment/handler-environment.ts';
import { allow } from './allow.ts';
import type { DomainQueue } from './domain-queue.ts';
import { PipelineFunction } from './pipeline-function.ts';

export interface DomainHandlerProps {
  readonly stage: string;
  readonly domain: DomainOrUnrecognized;
  readonly functionName: string;
  /** Folder with the built function. */
  readonly codeFolder: string;
  /** What it drains, and where it parks what no retry can help. */
  readonly source: DomainQueue;
  readonly ledger: TableV2;
  /** Where it asks the resolver for present states. */
  readonly refreshes: DomainQueue;
  readonly objects: TableV2;
  readonly payloads: Bucket;
  /** The same that the queue's visibility was derived from. */
  readonly timeout: Duration;
  /** MB, 128 to 10240. */
  readonly memorySize: number;
  /** How long a batch may wait to fill up. */
  readonly batchingWindow: Duration;
  /** Most invocations at once, 2 to 1000. */
  readonly maxConcurrency: number;
  /** Seconds a failed message is hidden after its 1st, 2nd, … receive; the last value repeats. */
  readonly retrySchedule: readonly number[];
  /** Receives after which the queue gives a message up. */
  readonly maxReceiveCount: number;
  readonly projection: 'full' | 'off' | readonly string[];
  readonly freshness: 'event' | 'latest';
  readonly logRetention: RetentionDays;
}

/** A domain's function and the mapping by which Lambda feeds it from the domain's queue. */
export class DomainHandler extends Construct {
  constructor(scope: Construct, id: string, props: DomainHandlerProps) {
    super(scope, id);
    const { queue, deadLetterQueue } = props.source;
    const environment: HandlerEnvironment = {
      STAGE: props.stage,
      DOMAIN: props.domain,
      LEDGER_TABLE: props.ledger.tableName,
      OBJECTS_TABLE: props.objects.tableName,
      PAYLOAD_BUCKET: props.payloads.bucketName,
      QUEUE_URL: queue.queueUrl,
      DLQ_URL: deadLetterQueue.queueUrl,
      RETRY_SCHEDULE: JSON.stringify(props.retrySchedule),
      MAX_RECEIVE_COUNT: String(props.maxReceiveCount),
      PROJECTION: JSON.stringify(props.projection),
      FRESHNESS: props.freshness,
      REFRESH_QUEUE_URL: props.refreshes.queue.queueUrl,
    };
    const handler = new PipelineFunction(this, 'Handler', {
      functionName: props.functionName,
      serviceName: `handler-${props.domain}`,
      description: `Projects and reacts to the Stripe events of ${props.domain}.`,
      codeFolder: props.codeFolder,
      timeout: props.timeout,
      memorySize: props.memorySize,
      environment: { ...environment },
      permissions: permissions(props),
      logRetention: props.logRetention,
    });
    new EventSourceMapping(this, 'Mapping', {
      target: handler.function,
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      maxBatchingWindow: props.batchingWindow,
      maxConcurrency: props.maxConcurrency,
      // One bad message is tried again by itself, not with the nine beside it.
      reportBatchItemFailures: true,
    });
  }
}

function permissions({ source, refreshes, ledger, objects, payloads, projection }: DomainHandlerProps) {
  const projects = projection !== 'off';
  return [
    allow(
      'DrainOwnQueue',
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      [source.queue.queueArn],
    ),
    allow('ParkInOwnDeadLetterQueue', ['sqs:SendMessage'], [source.deadLetterQueue.queueArn]),
    allow('RecordHandling', ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], [ledger.tableArn]),
    // A domain without a projection still keeps the rows of its reactions.
    allow('KeepObjects', [...(projects ? ['dynamodb:GetItem'] : []), 'dynamodb:PutItem'], [objects.tableArn]),
    allow('ReadLargeEvents', ['s3:GetObject'], [payloads.arnForObjects('events/*')]),
    // Without it S3 answers 403 for a missing object, and a lost payload would look like a passing fault.
    allow('TellMissingFromForbidden', ['s3:ListBucket'], [payloads.bucketArn]),
    ...(projects
      ? [
          allow('AskForPresentStates', ['sqs:SendMessage'], [refreshes.queue.queueArn]),
          allow(
            'KeepLargeObjects',
            ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
            [payloads.arnForObjects('objects/*')],
          ),
        ]
      : []),
  ];
}
