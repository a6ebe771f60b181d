import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ReconcilerEnvironment } from '#shared/environment/reconciler-environment.ts';
import { STRIPE_SOURCE, THIN_SOURCE } from '#shared/event/bus-entry.ts';
import { reconcilerName } from '#shared/naming/resource-names.ts';
import type { StageSettings } from '../configuration/settings.ts';
import { stripeConfigurationOf } from '../configuration/stripe-configuration-of.ts';
import { allow } from './allow.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { scheduleFunction } from './schedule-function.ts';
import { onlySources } from './source-conditions.ts';

export interface ReconcilerProps {
  readonly settings: StageSettings;
  /** Folder with the built function. */
  readonly codeFolder: string;
  readonly ledger: TableV2;
  readonly bus: EventBus;
  readonly payloads: Bucket;
  readonly apiKeySecret: Secret;
  /** Where Stripe posts to, without a destination's name. */
  readonly webhookUrl: string;
}

/**
 * How often it is started. A round begins once an hour; the other starts find that nothing is due, for two writes and no
 * request of Stripe, or go on with a round for which one invocation was too short.
 */
const EVERY = Duration.minutes(5);

/** The function that compares Stripe's own lists of events with the ledger and publishes what is missing. */
export class Reconciler extends Construct {
  readonly role: PipelineFunction['role'];

  constructor(scope: Construct, id: string, props: ReconcilerProps) {
    super(scope, id);
    const { settings, codeFolder } = props;
    const name = reconcilerName(settings.stage);
    const built = new PipelineFunction(this, 'Reconciler', {
      functionName: name,
      serviceName: 'reconciler',
      description: "Compares Stripe's own lists of events with the ledger, and publishes what is missing.",
      codeFolder,
      // As long as until the next start, which goes on from there.
      timeout: EVERY,
      memorySize: 256,
      environment: { ...environment(props) },
      permissions: permissions(props),
      logRetention: settings.logRetentionDays,
    });
    this.role = built.role;
    scheduleFunction(this, {
      name,
      description: 'Runs the reconciler.',
      target: built.function,
      rate: `rate(${EVERY.toMinutes()} minutes)`,
      giveUpAfter: Duration.minutes(5),
    });
  }
}

function environment(props: ReconcilerProps): ReconcilerEnvironment {
  const { settings, ledger, bus, payloads, apiKeySecret, webhookUrl } = props;
  return {
    STAGE: settings.stage,
    LEDGER_TABLE: ledger.tableName,
    BUS_NAME: bus.eventBusName,
    PAYLOAD_BUCKET: payloads.bucketName,
    API_KEYS_SECRET_ARN: apiKeySecret.secretArn,
    STRIPE_CONFIGURATION: JSON.stringify(stripeConfigurationOf(settings)),
    WEBHOOK_URL: webhookUrl,
    INSTALLATION: bus.eventBusArn,
    INLINE_LIMIT: String(settings.inlineLimitBytes),
  };
}

function permissions({ ledger, bus, payloads, apiKeySecret }: ReconcilerProps) {
  const claims = ['dynamodb:UpdateItem', 'dynamodb:GetItem'];
  return [
    allow('CompareAndClaim', [...claims, 'dynamodb:BatchGetItem', 'dynamodb:Query'], [ledger.tableArn]),
    allow('PublishStripeEvents', ['events:PutEvents'], [bus.eventBusArn], onlySources(STRIPE_SOURCE, THIN_SOURCE)),
    allow('StoreLargeEvents', ['s3:PutObject'], [payloads.arnForObjects('events/*')]),
    allow('ReadApiKeys', ['secretsmanager:GetSecretValue'], [apiKeySecret.secretArn]),
  ];
}
