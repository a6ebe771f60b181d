import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { StripeEventSubscription, StripeFanoutBus } from 'stripe-fanout/subscribe';
import { DUNNING_EVENTS } from './dunning-events.ts';

export interface DunningStackProps extends StackProps {
  /** Folder with the built function. */
  readonly codeFolder: string;
  /** Stage of the pipeline in this account. */
  readonly stage: string;
  /** Bus of a pipeline in another account, instead. */
  readonly busArn?: string | undefined;
  /** Whether the pipeline's account makes the rule, and not this one. */
  readonly direct?: boolean;
  /** Since when to catch up, such as 2026-11-24T03:00:00Z. */
  readonly startFrom?: string | undefined;
}

/** A function that reminds customers whose payment failed, and what it needs. */
export class DunningStack extends Stack {
  constructor(scope: Construct, id: string, props: DunningStackProps) {
    super(scope, id, props);
    const { codeFolder, stage, busArn, direct, startFrom } = props;

    // What was done for which event: the library's own protocol, in a table of ours.
    const ledger = new TableV2(this, 'Ledger', {
      partitionKey: { name: 'event', type: AttributeType.STRING },
      sortKey: { name: 'stage', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
    });
    const cases = new TableV2(this, 'Cases', { partitionKey: { name: 'customer', type: AttributeType.STRING } });
    const dunningFunction = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(codeFolder),
      timeout: Duration.seconds(20),
      memorySize: 256,
      loggingFormat: LoggingFormat.JSON,
      environment: { LEDGER_TABLE: ledger.tableName, CASES_TABLE: cases.tableName },
    });
    ledger.grant(dunningFunction, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    cases.grant(dunningFunction, 'dynamodb:UpdateItem');

    new StripeEventSubscription(this, 'Dunning', {
      bus: busArn === undefined ? StripeFanoutBus.fromStage(this, stage) : StripeFanoutBus.fromArn(this, busArn),
      events: DUNNING_EVENTS,
      where: { object: { collection_method: ['charge_automatically'] } },
      target: dunningFunction,
      owner: 'dunning-team',
      ...(direct && { via: 'direct', name: 'dunning' }),
      ...(startFrom !== undefined && { startFrom: new Date(startFrom) }),
    });
  }
}
