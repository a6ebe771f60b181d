import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Destination } from '#shared/environment/destination.ts';
import type { IngressEnvironment } from '#shared/environment/ingress-environment.ts';
import { STRIPE_SOURCE, THIN_SOURCE } from '#shared/event/bus-entry.ts';
import { allow } from './allow.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { onlySources } from './source-conditions.ts';

export interface IngressProps {
  readonly stage: string;
  readonly functionName: string;
  /** Folder with the built function. */
  readonly codeFolder: string;
  readonly ledger: TableV2;
  readonly bus: EventBus;
  readonly payloads: Bucket;
  readonly signingSecret: Secret;
  readonly destinations: readonly Destination[];
  /** Bytes of an entry's detail above which the event goes to S3. */
  readonly inlineLimitBytes: number;
  readonly logRetention: RetentionDays;
  /** Whether it begins a trace for the first request of each second and one in twenty of the others. */
  readonly startsTraces: boolean;
}

/**
 * The code gives up after 8 s, and its claim lasts 15 s: 8 < 10 < 15, so a live owner is never overtaken and an answer
 * is always given.
 */
export const INGRESS_TIMEOUT_SECONDS = 10;

/** The function that takes Stripe's requests, and no more rights than claim, store and publish need. */
export class Ingress extends Construct {
  readonly function: PipelineFunction['function'];
  readonly role: PipelineFunction['role'];

  constructor(scope: Construct, id: string, props: IngressProps) {
    super(scope, id);
    const environment: IngressEnvironment = {
      STAGE: props.stage,
      LEDGER_TABLE: props.ledger.tableName,
      BUS_NAME: props.bus.eventBusName,
      PAYLOAD_BUCKET: props.payloads.bucketName,
      SIGNING_SECRET_ARN: props.signingSecret.secretArn,
      DESTINATIONS: JSON.stringify(props.destinations),
      INLINE_LIMIT: String(props.inlineLimitBytes),
    };
    const built = new PipelineFunction(this, 'Ingress', {
      functionName: props.functionName,
      serviceName: 'ingress',
      description: 'Verifies, claims and publishes each Stripe event.',
      codeFolder: props.codeFolder,
      timeout: Duration.seconds(INGRESS_TIMEOUT_SECONDS),
      // A third of a CPU, twice a handler's: a cold start parses 300 KiB of code while Stripe waits.
      memorySize: 512,
      environment: { ...environment },
      permissions: [
        allow('ClaimAndComplete', ['dynamodb:UpdateItem', 'dynamodb:GetItem'], [props.ledger.tableArn]),
        allow(
          'PublishStripeEvents',
          ['events:PutEvents'],
          [props.bus.eventBusArn],
          onlySources(STRIPE_SOURCE, THIN_SOURCE),
        ),
        allow('StoreLargeEvents', ['s3:PutObject'], [props.payloads.arnForObjects('events/*')]),
        allow('ReadSigningSecrets', ['secretsmanager:GetSecretValue'], [props.signingSecret.secretArn]),
      ],
      logRetention: props.logRetention,
      startsTraces: props.startsTraces,
    });
    this.function = built.function;
    this.role = built.role;
  }
}
