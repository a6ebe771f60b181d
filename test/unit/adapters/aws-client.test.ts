import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { type AwsClientOptions, awsClient, awsClientOptions } from '#functions/adapters/aws-client.ts';

interface AnyClient {
  readonly middlewareStack: { identify(): string[]; remove(name: string): boolean };
}
const LOGGER = 'loggerMiddleware - initialize';
const CLIENTS: Record<string, new (options: AwsClientOptions) => AnyClient> = {
  CloudWatchClient,
  DynamoDBClient,
  EventBridgeClient,
  S3Client,
  SecretsManagerClient,
  SQSClient,
};

describe.each(Object.entries(CLIENTS))('%s of a function', (_name, Client) => {
  it('copies no call for a logger, and has the rest of the SDK’s middleware', () => {
    const usual = new Client(awsClientOptions).middlewareStack.identify();

    // Were the SDK to name it otherwise, it would stay in unnoticed.
    expect(usual).toContain(LOGGER);
    expect(awsClient(Client).middlewareStack.identify()).toEqual(usual.filter((name) => name !== LOGGER));
  });
});
