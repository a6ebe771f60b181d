import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { HandlerEnvironment } from '#shared/environment/handler-environment.ts';
import { awsClientOptions } from './aws-client-options.ts';
import { dynamoDbFailureLog } from './dynamodb-failure-log.ts';
import { dynamoDbLedger } from './dynamodb-ledger.ts';
import { dynamoDbObjectStore } from './dynamodb-object-store.ts';
import { s3PayloadStore } from './s3-payload-store.ts';
import { sqsMessages } from './sqs-messages.ts';
import { powertoolsTelemetry } from './telemetry.ts';

/** Connects everything a domain's handler needs, once per function instance, on two AWS clients. */
export function handlerPorts(environment: HandlerEnvironment) {
  const client = new DynamoDBClient(awsClientOptions);
  const clock = { now: Date.now };
  const table = environment.LEDGER_TABLE;
  const objects = dynamoDbObjectStore(client, environment.OBJECTS_TABLE);
  return {
    failures: dynamoDbFailureLog({ client, table, clock }),
    objects,
    teamRows: objects,
    payloads: s3PayloadStore(environment.PAYLOAD_BUCKET),
    messages: sqsMessages({
      client: new SQSClient(awsClientOptions),
      queueUrl: environment.QUEUE_URL,
      deadLetterQueueUrl: environment.DLQ_URL,
    }),
    telemetry: powertoolsTelemetry({ stage: environment.STAGE, dimensions: { domain: environment.DOMAIN } }),
    clock,
    ledgerWith: (leaseMs: number) => dynamoDbLedger({ client, table, clock, leaseMs, newOwner: randomUUID }),
  };
}
