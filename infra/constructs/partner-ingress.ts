import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { PartnerIngressEnvironment } from '#shared/environment/partner-ingress-environment.ts';
import type { PartnerSource } from '#shared/environment/partner-source.ts';
import { STRIPE_SOURCE, THIN_SOURCE } from '#shared/event/bus-entry.ts';
import { pascalCase } from '#shared/naming/output-names.ts';
import { partnerIngressName, partnerRuleName } from '#shared/naming/resource-names.ts';
import { PARTNER_CONCURRENCY } from '../configuration/concurrency-plan.ts';
import type { StageSettings } from '../configuration/settings.ts';
import { allow } from './allow.ts';
import type { DomainQueue } from './domain-queue.ts';
import { EventRule } from './event-rule.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { onlySources } from './source-conditions.ts';

export interface PartnerIngressProps {
  readonly settings: StageSettings;
  /** Folder with the built function. */
  readonly codeFolder: string;
  /** Where the rules of the partner buses deliver, and the function takes from. */
  readonly queue: DomainQueue;
  readonly ledger: TableV2;
  /** The pipeline's own bus. */
  readonly bus: EventBus;
  readonly payloads: Bucket;
}

/**
 * The second way in: Stripe's partner event buses, a rule on each, and the function that publishes what they bring.
 * Bus and rule stand in one stack, so that a source that is taken out of the configuration loses its rule before its
 * bus, which is the order in which EventBridge lets them go.
 */
export class PartnerIngress extends Construct {
  readonly role: PipelineFunction['role'];

  constructor(scope: Construct, id: string, props: PartnerIngressProps) {
    super(scope, id);
    const { settings, queue } = props;
    for (const source of settings.partnerEventSources) this.receiveFrom(source, settings.stage, queue);
    const ingress = new PipelineFunction(this, 'Ingress', {
      functionName: partnerIngressName(settings.stage),
      serviceName: 'partner-ingress',
      description: "Publishes what comes over Stripe's partner event buses, each event once.",
      codeFolder: props.codeFolder,
      // The same that the queue's visibility was derived from.
      timeout: Duration.seconds(settings.handlerTimeoutSeconds),
      memorySize: settings.handlerMemoryMb,
      environment: { ...environment(props) },
      permissions: permissions(props),
      logRetention: settings.logRetentionDays,
    });
    this.role = ingress.role;
    new EventSourceMapping(this, 'Mapping', {
      target: ingress.function,
      eventSourceArn: queue.queue.queueArn,
      batchSize: 10,
      maxBatchingWindow: Duration.seconds(settings.batchingWindowSeconds),
      maxConcurrency: PARTNER_CONCURRENCY,
      reportBatchItemFailures: true,
    });
  }

  private receiveFrom({ name, source }: PartnerSource, stage: string, queue: DomainQueue): void {
    const receiving = new Construct(this, pascalCase(name));
    new EventRule(receiving, 'Rule', {
      // Named by the source: associating it with a bus of its own name is what takes it into use.
      bus: new EventBus(receiving, 'Bus', { eventSourceName: source }),
      ruleName: partnerRuleName(stage),
      description: 'All of it, to the partner ingress',
      // Only Stripe can publish under it: PutEvents refuses everybody a source that begins with "aws.".
      pattern: { source: [source] },
      target: queue,
    });
  }
}

function environment({ settings, queue, ledger, bus, payloads }: PartnerIngressProps): PartnerIngressEnvironment {
  return {
    STAGE: settings.stage,
    LEDGER_TABLE: ledger.tableName,
    BUS_NAME: bus.eventBusName,
    PAYLOAD_BUCKET: payloads.bucketName,
    INLINE_LIMIT: String(settings.inlineLimitBytes),
    QUEUE_URL: queue.queue.queueUrl,
    DLQ_URL: queue.deadLetterQueue.queueUrl,
    RETRY_SCHEDULE: JSON.stringify(settings.retrySchedule),
    MAX_RECEIVE_COUNT: String(settings.maxReceiveCount),
    PARTNER_SOURCES: JSON.stringify(settings.partnerEventSources),
  };
}

function permissions({ queue: { queue, deadLetterQueue }, ledger, bus, payloads }: PartnerIngressProps) {
  const drain = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'];
  return [
    allow('DrainPartnerQueue', drain, [queue.queueArn]),
    allow('ParkInPartnerDeadLetterQueue', ['sqs:SendMessage'], [deadLetterQueue.queueArn]),
    allow('ClaimAndComplete', ['dynamodb:UpdateItem', 'dynamodb:GetItem', 'dynamodb:BatchGetItem'], [ledger.tableArn]),
    allow('PublishStripeEvents', ['events:PutEvents'], [bus.eventBusArn], onlySources(STRIPE_SOURCE, THIN_SOURCE)),
    allow('StoreLargeEvents', ['s3:PutObject'], [payloads.arnForObjects('events/*')]),
  ];
}
