import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';

/** Where an operator's commands go: a profile and region of AWS, or a local endpoint. */
export interface OperatorConnection {
  /** Only for the local runtime: then no credential of the caller is read. */
  readonly endpoint?: string;
  readonly profile?: string;
  readonly region?: string;
}

export type OperatorClients = ReturnType<typeof operatorClients>;

/** The AWS clients of one command. Those that are not used open no connection. */
export function operatorClients({ endpoint, profile, region }: OperatorConnection) {
  const options = {
    maxAttempts: 3,
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined
      ? {}
      : { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'operator', secretAccessKey: 'local' } }),
  };
  const clients = {
    cloudFormation: new CloudFormationClient(options),
    dynamoDb: new DynamoDBClient(options),
    events: new EventBridgeClient(options),
    lambda: new LambdaClient(options),
    s3: new S3Client({ ...options, forcePathStyle: endpoint !== undefined }),
    secrets: new SecretsManagerClient(options),
    sqs: new SQSClient(options),
  };
  return {
    ...clients,
    /** Closes kept connections, so that the process can end. */
    destroy() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
