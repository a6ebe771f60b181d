import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Place } from './place.ts';

export type StageClients = ReturnType<typeof stageClients>;

/** AWS's own clients, as an operator has them. */
export function stageClients({ endpoint, region }: Place) {
  const credentials = { accessKeyId: 'smoke', secretAccessKey: 'local' };
  const options = endpoint === undefined ? { region } : { endpoint, region, credentials };
  const clients = {
    dynamoDb: new DynamoDBClient(options),
    events: new EventBridgeClient(options),
    lambda: new LambdaClient(options),
    s3: new S3Client({ ...options, forcePathStyle: endpoint !== undefined }),
    secrets: new SecretsManagerClient(options),
    sqs: new SQSClient(options),
  };
  return {
    ...clients,
    destroy() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
