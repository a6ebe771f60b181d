import { Aws, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  deadLetterQueueUrlOutput,
  pascalCase,
  queueUrlOutput,
  type SingleOutput,
} from '#shared/naming/output-names.ts';
import * as names from '#shared/naming/resource-names.ts';
import type { StageSettings } from '../configuration/settings.ts';
import { ApiKeySecret } from '../constructs/api-key-secret.ts';
import { DomainQueue } from '../constructs/domain-queue.ts';
import { LedgerTable } from '../constructs/ledger-table.ts';
import { ObjectsTable } from '../constructs/objects-table.ts';
import { PayloadBucket } from '../constructs/payload-bucket.ts';
import { rulesOf } from '../constructs/rules-of.ts';
import { SigningSecret } from '../constructs/signing-secret.ts';
import { StripeBus } from '../constructs/stripe-bus.ts';

export interface DataStackProps extends StackProps {
  readonly settings: StageSettings;
}

/**
 * What must outlive a deployment: tables, bus, archive, queues, payloads, secrets. All queues are here, those of
 * domains that are off too, so that no change of configuration deletes an undelivered event.
 */
export class DataStack extends Stack {
  readonly ledger: LedgerTable;
  readonly objects: ObjectsTable;
  readonly bus: StripeBus;
  readonly payloads: PayloadBucket;
  readonly signingSecret: SigningSecret;
  readonly apiKeySecret: ApiKeySecret;
  private readonly queues: ReadonlyMap<names.QueueOwner, DomainQueue>;

  constructor(scope: Construct, id: string, { settings, ...props }: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: settings.removalPolicy === 'retain' });
    const { stage } = settings;
    const kept = settings.removalPolicy === 'retain';
    // What a deployment made that then failed is empty, and its name would be in the way of the next one. Only tables
    // stay even then: CloudFormation cannot delete what is protected against deletion.
    const removalPolicy = kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    const tables = { removalPolicy: kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY };
    const archiveRetention = Duration.days(settings.archiveDays);

    this.ledger = new LedgerTable(this, 'Ledger', { tableName: names.ledgerTableName(stage), ...tables });
    this.objects = new ObjectsTable(this, 'Objects', { tableName: names.objectsTableName(stage), ...tables });
    this.bus = new StripeBus(this, 'StripeBus', {
      busName: names.busName(stage),
      archiveName: names.archiveName(stage),
      deadLetterQueueName: names.busDeadLetterQueueName(stage),
      archiveRetention,
      removalPolicy,
    });
    this.payloads = new PayloadBucket(this, 'Payloads', {
      bucketName: names.payloadBucketName(stage, Aws.ACCOUNT_ID, Aws.REGION),
      organization: settings.organization,
      archiveRetention,
      removalPolicy,
    });
    this.signingSecret = new SigningSecret(this, 'SigningSecrets', {
      secretName: names.signingSecretName(stage),
      removalPolicy,
    });
    this.apiKeySecret = new ApiKeySecret(this, 'ApiKeys', {
      secretName: names.apiKeySecretName(stage),
      removalPolicy,
    });
    this.queues = new Map(names.QUEUE_OWNERS.map((owner) => [owner, this.createQueue(owner, settings, removalPolicy)]));
    this.writeOutputs();
  }

  /** The queue of a domain, or of another owner. */
  queueOf(owner: names.QueueOwner): DomainQueue {
    const queue = this.queues.get(owner);
    if (queue === undefined) throw new Error(`There is no queue for ${owner}: add it to QUEUE_OWNERS.`);
    return queue;
  }

  private createQueue(owner: names.QueueOwner, settings: StageSettings, removalPolicy: RemovalPolicy): DomainQueue {
    const created = new DomainQueue(this, pascalCase(owner), {
      queueName: names.queueName(settings.stage, owner),
      deadLetterQueueName: names.deadLetterQueueName(settings.stage, owner),
      rules: this.rulesTo(owner, settings),
      handlerTimeout: Duration.seconds(settings.handlerTimeoutSeconds),
      batchingWindow: Duration.seconds(settings.batchingWindowSeconds),
      maxReceiveCount: settings.maxReceiveCount,
      removalPolicy,
    });
    // Exported whether or not a handler uses them now: CloudFormation refuses to take an export away in the deployment
    // that also takes away its last user, and so a domain could never be switched off.
    for (const queue of [created.queue, created.deadLetterQueue]) {
      this.exportValue(queue.queueArn);
      this.exportValue(queue.queueUrl);
    }
    return created;
  }

  /** ARN patterns of the rules that feed a queue: those of our bus, the one on each of Stripe's, or none. */
  private rulesTo(owner: names.QueueOwner, { stage, partnerEventSources }: StageSettings): string[] {
    if (owner === 'refresh') return [];
    if (owner !== 'partner') return [rulesOf(this, this.bus.bus.eventBusName)];
    return partnerEventSources.map(({ source }) => rulesOf(this, source, names.partnerRuleName(stage)));
  }

  private writeOutputs(): void {
    const single: Record<Exclude<SingleOutput, 'WebhookUrl' | 'AuthorizationUrl' | 'StripeConfiguration'>, string> = {
      BusName: this.bus.bus.eventBusName,
      BusArn: this.bus.bus.eventBusArn,
      BusDlqUrl: this.bus.deadLetterQueue.queueUrl,
      ArchiveName: this.bus.archive.archiveName,
      LedgerTableName: this.ledger.table.tableName,
      ObjectsTableName: this.objects.table.tableName,
      PayloadBucketName: this.payloads.bucket.bucketName,
      SigningSecretName: this.signingSecret.secret.secretName,
      ApiKeySecretName: this.apiKeySecret.secret.secretName,
    };
    const perQueue = [...this.queues].flatMap(([owner, { queue, deadLetterQueue }]) => [
      [queueUrlOutput(owner), queue.queueUrl] as const,
      [deadLetterQueueUrlOutput(owner), deadLetterQueue.queueUrl] as const,
    ]);
    for (const [id, value] of [...Object.entries(single), ...perQueue]) new CfnOutput(this, id, { value });
  }
}
