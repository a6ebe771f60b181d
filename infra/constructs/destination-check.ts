import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { DestinationCheckEnvironment } from '#shared/environment/destination-check-environment.ts';
import { destinationCheckName } from '#shared/naming/resource-names.ts';
import type { StageSettings } from '../configuration/settings.ts';
import { stripeConfigurationOf } from '../configuration/stripe-configuration-of.ts';
import { allow } from './allow.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { scheduleFunction } from './schedule-function.ts';

export interface DestinationCheckProps {
  readonly settings: StageSettings;
  /** Folder with the built function. */
  readonly codeFolder: string;
  readonly ledger: TableV2;
  readonly apiKeySecret: Secret;
  /** Where Stripe posts to, without a destination's name. */
  readonly webhookUrl: string;
  /** ARN of the bus, by which our destinations are marked at Stripe. */
  readonly installation: string;
}

/**
 * How often it looks: three requests of Stripe a time. Of what arises while a destination is disabled Stripe sends
 * nothing later, so each quarter of an hour counts.
 */
export const DESTINATION_CHECK_EVERY = Duration.minutes(15);

/** The function that compares Stripe's destinations with the configuration, and its schedule. */
export class DestinationCheck extends Construct {
  constructor(scope: Construct, id: string, props: DestinationCheckProps) {
    super(scope, id);
    const { settings, codeFolder, ledger, apiKeySecret, webhookUrl, installation } = props;
    const name = destinationCheckName(settings.stage);
    const environment: DestinationCheckEnvironment = {
      STAGE: settings.stage,
      LEDGER_TABLE: ledger.tableName,
      API_KEYS_SECRET_ARN: apiKeySecret.secretArn,
      STRIPE_CONFIGURATION: JSON.stringify(stripeConfigurationOf(settings)),
      WEBHOOK_URL: webhookUrl,
      INSTALLATION: installation,
    };
    const check = new PipelineFunction(this, 'Check', {
      functionName: name,
      serviceName: 'destination-check',
      description:
        "Compares Stripe's destinations with the configuration, and finds events that Stripe cannot deliver.",
      codeFolder,
      // The code gives up after 50 s.
      timeout: Duration.seconds(60),
      memorySize: 256,
      environment: { ...environment },
      permissions: [
        allow('SeeWhatIsPublished', ['dynamodb:BatchGetItem'], [ledger.tableArn]),
        allow('ReadApiKeys', ['secretsmanager:GetSecretValue'], [apiKeySecret.secretArn]),
      ],
      logRetention: settings.logRetentionDays,
    });
    scheduleFunction(this, {
      name,
      description: 'Runs the destination check.',
      target: check.function,
      rate: `rate(${DESTINATION_CHECK_EVERY.toMinutes()} minutes)`,
      giveUpAfter: Duration.minutes(10),
    });
  }
}
