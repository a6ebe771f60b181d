import type { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Destination } from '#shared/environment/destination.ts';
import type { ResolverEnvironment } from '#shared/environment/resolver-environment.ts';
import { STRIPE_SOURCE } from '#shared/event/bus-entry.ts';
import type { StripeLane } from '../configuration/stripe-lane.ts';
import { allow } from './allow.ts';
import type { DomainQueue } from './domain-queue.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { onlySources } from './source-conditions.ts';

export interface ResolverProps {
  readonly stage: string;
  readonly functionName: string;
  /** Folder with the built function. */
  readonly codeFolder: string;
  /** Notifications that wait, and where it parks what no retry can help. */
  readonly source: DomainQueue;
  /** The same for requests for present states. */
  readonly refreshes: DomainQueue;
  /** The queues of the domains that keep objects: present states go there. */
  readonly domains: readonly DomainQueue[];
  readonly objects: TableV2;
  readonly ledger: TableV2;
  readonly bus: EventBus;
  readonly payloads: Bucket;
  readonly apiKeySecret: Secret;
  readonly stripeApiVersion: string;
  readonly destinations: readonly Destination[];
  /** Bytes of an entry's detail above which the event goes to S3. */
  readonly inlineLimitBytes: number;
  /** The same that the queue's visibility was derived from. */
  readonly timeout: Duration;
  /** What it may take of the requests that Stripe allows. */
  readonly lanes: { readonly notifications: StripeLane; readonly refreshes: StripeLane };
  /** Seconds a failed message is hidden after its 1st, 2nd, … receive; the last value repeats. */
  readonly retrySchedule: readonly number[];
  /** Receives after which the queue gives a message up. */
  readonly maxReceiveCount: number;
  readonly logRetention: RetentionDays;
}

/**
 * The function that fetches what thin events refer to and publishes the whole event; and, from a queue of its own, the
 * present states that handlers ask for. One function, because nobody else may ask Stripe.
 */
export class Resolver extends Construct {
  readonly role: PipelineFunction['role'];

  constructor(scope: Construct, id: string, props: ResolverProps) {
    super(scope, id);
    const { source, refreshes, lanes } = props;
    const environment: ResolverEnvironment = {
      STAGE: props.stage,
      LEDGER_TABLE: props.ledger.tableName,
      OBJECTS_TABLE: props.objects.tableName,
      BUS_NAME: props.bus.eventBusName,
      PAYLOAD_BUCKET: props.payloads.bucketName,
      API_KEYS_SECRET_ARN: props.apiKeySecret.secretArn,
      STRIPE_API_VERSION: props.stripeApiVersion,
      DESTINATIONS: JSON.stringify(props.destinations),
      INLINE_LIMIT: String(props.inlineLimitBytes),
      QUEUE_URL: source.queue.queueUrl,
      DLQ_URL: source.deadLetterQueue.queueUrl,
      REFRESH_QUEUE_URL: refreshes.queue.queueUrl,
      REFRESH_DLQ_URL: refreshes.deadLetterQueue.queueUrl,
      RETRY_SCHEDULE: JSON.stringify(props.retrySchedule),
      MAX_RECEIVE_COUNT: String(props.maxReceiveCount),
      REQUESTS_PER_SECOND: String(lanes.notifications.perInvocation),
      REFRESHES_PER_SECOND: String(lanes.refreshes.perInvocation),
      REQUEST_TIMEOUT_MS: String(lanes.notifications.requestTimeoutMs),
    };
    const built = new PipelineFunction(this, 'Resolver', {
      functionName: props.functionName,
      serviceName: 'resolver',
      description: "Fetches from Stripe's API what thin events refer to, and publishes the whole event.",
      codeFolder: props.codeFolder,
      timeout: props.timeout,
      // Most of its time it waits for Stripe; a cold start loads twice a handler's code.
      memorySize: 256,
      environment: { ...environment },
      permissions: permissions(props),
      logRetention: props.logRetention,
    });
    this.role = built.role;
    this.drain('Mapping', source, lanes.notifications, built);
    this.drain('RefreshMapping', refreshes, lanes.refreshes, built);
  }

  private drain(id: string, { queue }: DomainQueue, lane: StripeLane, built: PipelineFunction): void {
    new EventSourceMapping(this, id, {
      target: built.function,
      eventSourceArn: queue.queueArn,
      batchSize: lane.batchSize,
      maxConcurrency: lane.maxConcurrency,
      reportBatchItemFailures: true,
    });
  }
}

function permissions(props: ResolverProps) {
  const { source, refreshes, domains, objects, ledger, bus, payloads, apiKeySecret } = props;
  const drain = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'];
  return [
    allow('DrainOwnQueue', drain, [source.queue.queueArn]),
    allow('ParkInOwnDeadLetterQueue', ['sqs:SendMessage'], [source.deadLetterQueue.queueArn]),
    allow('DrainRefreshQueue', drain, [refreshes.queue.queueArn]),
    allow('ParkInRefreshDeadLetterQueue', ['sqs:SendMessage'], [refreshes.deadLetterQueue.queueArn]),
    allow('SeeWhatIsKnown', ['dynamodb:GetItem'], [objects.tableArn]),
    // A stage that keeps no objects asks for no states, and IAM takes no statement about nothing.
    ...(domains.length > 0
      ? [
          allow(
            'BringPresentStates',
            ['sqs:SendMessage'],
            domains.map(({ queue }) => queue.queueArn),
          ),
        ]
      : []),
    allow('ClaimAndRecord', ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], [ledger.tableArn]),
    allow('PublishResolvedEvents', ['events:PutEvents'], [bus.eventBusArn], onlySources(STRIPE_SOURCE)),
    allow('KeepLargeEvents', ['s3:GetObject', 's3:PutObject'], [payloads.arnForObjects('events/*')]),
    // Without it S3 answers 403 for a missing object, and a lost payload would look like a passing fault.
    allow('TellMissingFromForbidden', ['s3:ListBucket'], [payloads.bucketArn]),
    allow('ReadApiKeys', ['secretsmanager:GetSecretValue'], [apiKeySecret.secretArn]),
  ];
}
