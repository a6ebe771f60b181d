import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { HandlerEnvironment } from '#shared/environment/handler-environment.ts';
import { awsClient } from './aws-client.ts';
import { drainPorts } from './drain-ports.ts';
import { dynamoDbObjectStore } from './dynamodb-object-store.ts';
import { s3PayloadStore } from './s3-payload-store.ts';
import { sqsRefreshRequests } from './sqs-refresh-requests.ts';
import { powertoolsTelemetry } from './telemetry.ts';

/** Connects everything a domain's handler needs, once per function instance, on two AWS clients. */
export function handlerPorts(environment: HandlerEnvironment) {
  const client = awsClient(DynamoDBClient);
  const sqs = awsClient(SQSClient);
  const objects = dynamoDbObjectStore(client, environment.OBJECTS_TABLE);
  return {
    ...drainPorts(environment, client, sqs),
    refreshes: sqsRefreshRequests(sqs, environment.REFRESH_QUEUE_URL),
    objects,
    teamRows: objects,
    payloads: s3PayloadStore(environment.PAYLOAD_BUCKET),
    telemetry: powertoolsTelemetry({ stage: environment.STAGE, dimensions: { domain: environment.DOMAIN } }),
  };
}
