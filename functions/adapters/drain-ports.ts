import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { awsClient } from './aws-client.ts';
import { dynamoDbFailureLog } from './dynamodb-failure-log.ts';
import { dynamoDbLedger } from './dynamodb-ledger.ts';
import { sqsMessages } from './sqs-messages.ts';

export interface DrainEnvironment {
  readonly LEDGER_TABLE: string;
  readonly QUEUE_URL: string;
  readonly DLQ_URL: string;
}

/** Connects what every function that drains a queue needs, once per instance. */
export function drainPorts(
  environment: DrainEnvironment,
  client = awsClient(DynamoDBClient),
  sqs = awsClient(SQSClient),
) {
  const clock = { now: Date.now };
  const table = environment.LEDGER_TABLE;
  return {
    clock,
    failures: dynamoDbFailureLog({ client, table, clock }),
    messages: sqsMessages({
      client: sqs,
      queueUrl: environment.QUEUE_URL,
      deadLetterQueueUrl: environment.DLQ_URL,
    }),
    ledgerWith: (leaseMs: number) => dynamoDbLedger({ client, table, clock, leaseMs, newOwner: randomUUID }),
  };
}
