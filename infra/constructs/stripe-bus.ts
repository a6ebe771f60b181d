import { Aws, Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { Archive, EventBus } from 'aws-cdk-lib/aws-events';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { STRIPE_SOURCE, THIN_SOURCE } from '#shared/event/bus-entry.ts';

export interface StripeBusProps {
  readonly busName: string;
  readonly archiveName: string;
  readonly deadLetterQueueName: string;
  /** How long the archive keeps events for replays, in whole days. */
  readonly archiveRetention: Duration;
  readonly removalPolicy: RemovalPolicy;
}

/** The bus that every Stripe event goes over, what it could not process, and its archive. Knows no rules. */
export class StripeBus extends Construct {
  readonly bus: EventBus;
  readonly archive: Archive;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: StripeBusProps) {
    super(scope, id);
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      queueName: props.deadLetterQueueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: props.removalPolicy,
    });
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: props.busName,
      description: 'Every Stripe event: subscribe with a rule on source "stripe".',
      deadLetterQueue: this.deadLetterQueue,
    });
    this.bus.applyRemovalPolicy(props.removalPolicy);
    this.deadLetterQueue.addToResourcePolicy(this.deliveryFromBus());

    this.archive = new Archive(this, 'Archive', {
      archiveName: props.archiveName,
      sourceEventBus: this.bus,
      eventPattern: { source: [STRIPE_SOURCE, THIN_SOURCE] },
      retention: props.archiveRetention,
    });
    this.archive.applyRemovalPolicy(props.removalPolicy);
  }

  /** CDK connects the DLQ to the bus without letting the bus send to it. */
  private deliveryFromBus(): PolicyStatement {
    return new PolicyStatement({
      sid: 'AllowTheBus',
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [this.deadLetterQueue.queueArn],
      conditions: {
        ArnEquals: { 'aws:SourceArn': this.bus.eventBusArn },
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      },
    });
  }
}
