import { DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { queueUrlOutput } from '#shared/naming/output-names.ts';
import { handlerName, ruleName } from '#shared/naming/resource-names.ts';
import type { DeployedStage } from './deployed-stage.ts';

/** What delivery rests on, in words. */
export type Promised =
  | 'TTL of the ledger'
  | 'redrive policy of a queue'
  | 'policy of a queue'
  | "DLQ of a rule's target"
  | 'partial batch responses'
  | 'concurrency of a mapping';

/**
 * Asks the services for what delivery rests on, one resource of each kind.
 * @param known what the place is known not to keep
 * @throws {Error} something else is not as the template says, or something known is by now
 */
export async function checkKept(
  stage: Pick<DeployedStage, 'clients' | 'outputs'>,
  stageName: string,
  known: readonly Promised[],
): Promise<void> {
  const missing = await whatIsNotKept(stage, stageName);
  const lost = missing.filter((what) => !known.includes(what));
  if (lost.length > 0) throw new Error(`Created, but not as the template says: ${lost.join(', ')}.`);
  const back = known.filter((what) => !missing.includes(what));
  if (back.length > 0) throw new Error(`Kept by now, so strike it from the place's notKept: ${back.join(', ')}.`);
}

async function whatIsNotKept(
  { clients, outputs }: Pick<DeployedStage, 'clients' | 'outputs'>,
  stageName: string,
): Promise<readonly Promised[]> {
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
  const kept: readonly (readonly [boolean, Promised])[] = [
    // DynamoDB takes up to an hour to say that it is on.
    [/^ENABL(ED|ING)$/.test(TimeToLiveDescription?.TimeToLiveStatus ?? ''), 'TTL of the ledger'],
    [/core-dlq/.test(Attributes?.RedrivePolicy ?? ''), 'redrive policy of a queue'],
    [/AllowRulesOfTheBus/.test(Attributes?.Policy ?? ''), 'policy of a queue'],
    [/core-dlq/.test(Targets?.[0]?.DeadLetterConfig?.Arn ?? ''), "DLQ of a rule's target"],
    [mapping?.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false, 'partial batch responses'],
    [(mapping?.ScalingConfig?.MaximumConcurrency ?? 0) > 0, 'concurrency of a mapping'],
  ];
  return kept.flatMap(([isKept, what]) => (isKept ? [] : [what]));
}
