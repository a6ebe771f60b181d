import { DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { queueUrlOutput } from '#shared/naming/output-names.ts';
import { handlerName, ruleName } from '#shared/naming/resource-names.ts';
import type { DeployedStage } from './deployed-stage.ts';

/** Asks the services for what delivery rests on, one resource of each kind. @returns what is not as the template says */
export async function whatIsNotKept(stage: DeployedStage, stageName: string): Promise<readonly string[]> {
  const { clients, outputs } = stage;
  const { TimeToLiveDescription } = await clients.dynamoDb.send(
    new DescribeTimeToLiveCommand({ TableName: outputs.LedgerTableName }),
  );
  const { Attributes } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: outputs[queueUrlOutput('core')], AttributeNames: ['All'] }),
  );
  const { Targets } = await clients.events.send(
    new ListTargetsByRuleCommand({ Rule: ruleName(stageName, 'Charge'), EventBusName: outputs.BusName }),
  );
  const { EventSourceMappings } = await clients.lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: handlerName(stageName, 'core') }),
  );
  const [mapping] = EventSourceMappings ?? [];
  const kept: readonly (readonly [boolean, string])[] = [
    [TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED', 'TTL of the ledger'],
    [/core-dlq/.test(Attributes?.RedrivePolicy ?? ''), 'redrive policy of a queue'],
    [/AllowRulesOfTheBus/.test(Attributes?.Policy ?? ''), 'policy of a queue'],
    [/core-dlq/.test(Targets?.[0]?.DeadLetterConfig?.Arn ?? ''), "DLQ of a rule's target"],
    [mapping?.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false, 'partial batch responses'],
    [(mapping?.ScalingConfig?.MaximumConcurrency ?? 0) > 0, 'concurrency of a mapping'],
  ];
  return kept.flatMap(([isKept, what]) => (isKept ? [] : [what]));
}
