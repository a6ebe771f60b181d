import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { AuthorizerEnvironment } from '#shared/environment/authorizer-environment.ts';
import { STRIPE_SOURCE } from '#shared/event/bus-entry.ts';
import { authorizerName } from '#shared/naming/resource-names.ts';
import type { IssuingAuthorizationSettings } from '../configuration/issuing-authorization.ts';
import type { StageSettings } from '../configuration/settings.ts';
import { allow } from './allow.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { onlySources } from './source-conditions.ts';

export interface AuthorizerProps {
  readonly settings: StageSettings;
  readonly lane: IssuingAuthorizationSettings;
  /** Folder with the built function. */
  readonly codeFolder: string;
  readonly ledger: TableV2;
  readonly objects: TableV2;
  readonly bus: EventBus;
  readonly payloads: Bucket;
  readonly signingSecret: Secret;
}

/**
 * Stripe has gone after two seconds, and the code answers within 1.6: what runs longer is a policy that keeps the
 * thread, and would only be billed. Its claim lasts 10 s.
 */
const TIMEOUT_SECONDS = 3;

/** The function that answers Stripe whether a card may be used. */
export class Authorizer extends Construct {
  readonly role: PipelineFunction['role'];
  /** What the gateway calls: with provisioned concurrency an alias, which alone can have it. */
  readonly target: IFunction;

  constructor(scope: Construct, id: string, props: AuthorizerProps) {
    super(scope, id);
    const { settings, lane } = props;
    const built = new PipelineFunction(this, 'Authorizer', {
      functionName: authorizerName(settings.stage),
      serviceName: 'authorizer',
      description: 'Answers Stripe whether a card may be used, while Stripe waits.',
      codeFolder: props.codeFolder,
      timeout: Duration.seconds(TIMEOUT_SECONDS),
      memorySize: lane.memoryMb,
      environment: { ...environment(props) },
      permissions: permissions(props),
      logRetention: settings.logRetentionDays,
      startsTraces: settings.tracing,
    });
    this.role = built.role;
    this.target = lane.provisionedConcurrency === 0 ? built.function : this.warm(built, lane.provisionedConcurrency);
  }

  /** An alias alone can have instances that wait, and each deployment moves it to a new version. */
  private warm(built: PipelineFunction, provisionedConcurrentExecutions: number): IFunction {
    const alias = built.function.addAlias('warm', { provisionedConcurrentExecutions });
    return LambdaFunction.fromFunctionAttributes(this, 'Warm', {
      functionArn: alias.functionArn,
      sameEnvironment: true,
    });
  }
}

function environment({ settings, lane, ledger, objects, bus, payloads, signingSecret }: AuthorizerProps) {
  return {
    STAGE: settings.stage,
    LEDGER_TABLE: ledger.tableName,
    OBJECTS_TABLE: objects.tableName,
    BUS_NAME: bus.eventBusName,
    PAYLOAD_BUCKET: payloads.bucketName,
    SIGNING_SECRET_ARN: signingSecret.secretArn,
    AUTHORIZATIONS_FROM: JSON.stringify(lane.destination),
    INLINE_LIMIT: String(settings.inlineLimitBytes),
    FALLBACK: lane.fallback,
    POLICY_MS: String(lane.policyMs),
    STRIPE_API_VERSION: settings.stripeApiVersion,
  } satisfies AuthorizerEnvironment;
}

function permissions({ ledger, objects, bus, payloads, signingSecret }: AuthorizerProps) {
  return [
    allow('ClaimAndComplete', ['dynamodb:UpdateItem', 'dynamodb:GetItem'], [ledger.tableArn]),
    allow('ReadAndNoteSpending', ['dynamodb:Query', 'dynamodb:PutItem'], [objects.tableArn], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['spending:*'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    }),
    allow('PublishStripeEvents', ['events:PutEvents'], [bus.eventBusArn], onlySources(STRIPE_SOURCE)),
    allow('StoreLargeEvents', ['s3:PutObject'], [payloads.arnForObjects('events/*')]),
    allow('ReadSigningSecrets', ['secretsmanager:GetSecretValue'], [signingSecret.secretArn]),
  ];
}
