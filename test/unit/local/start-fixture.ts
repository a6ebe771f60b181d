import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { RuntimeEvents } from '#local/observe/observations.ts';
import type { Runtime } from '#local/running-pipeline.ts';
import { startRuntime } from '#local/runtime.ts';
import type { RuntimeOptions } from '#local/runtime-options.ts';

/** Two hand-written stacks that use what `cdk synth` writes, and nothing of this project's own. */
export const FIXTURE = join(import.meta.dirname, 'fixtures', 'assembly');

/** AWS's seconds pass this much faster in these tests. */
export const TIME_SCALE = 100;

/** Starts the fixture's stacks on free ports. */
export async function startFixture(options: Partial<RuntimeOptions> = {}): Promise<Runtime> {
  return await startRuntime({ assembly: FIXTURE, port: 0, awsPort: 0, timeScale: TIME_SCALE, ...options });
}

/** The standard clients, as a person would point them at the runtime, or as whoever has the access key. */
export function clientsOf({ awsUrl }: Runtime, accessKeyId = 'me') {
  const settings = {
    endpoint: awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  return {
    dynamodb: new DynamoDBClient(settings),
    events: new EventBridgeClient(settings),
    lambda: new LambdaClient(settings),
    s3: new S3Client(settings),
    secrets: new SecretsManagerClient(settings),
    sqs: new SQSClient(settings),
  };
}

/** Waits for the next observation of a kind that fits. */
export async function next<Kind extends keyof RuntimeEvents>(
  { observations }: Runtime,
  kind: Kind,
  fits: (...observed: RuntimeEvents[Kind]) => boolean = () => true,
): Promise<RuntimeEvents[Kind]> {
  const { promise, resolve } = Promise.withResolvers<RuntimeEvents[Kind]>();
  const listener = (...observed: RuntimeEvents[Kind]) => {
    if (fits(...observed)) resolve(observed);
  };
  // biome-ignore lint/suspicious/noExplicitAny: EventEmitter cannot relate a generic event's name to its listener
  observations.on(kind, listener as any);
  try {
    return await promise;
  } finally {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    observations.off(kind, listener as any);
  }
}
