import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { AuthorizerEnvironment } from '#shared/environment/authorizer-environment.ts';
import { SigningSecrets } from '#shared/webhook/signing-secrets.ts';
import { awsClient, awsClientOptions } from './aws-client.ts';
import { dynamoDbLedger } from './dynamodb-ledger.ts';
import { dynamoDbObjectStore } from './dynamodb-object-store.ts';
import { dynamoDbSpending } from './dynamodb-spending.ts';
import { type EventBridgeBusOptions, eventBridgeBus } from './eventbridge-bus.ts';
import { s3PayloadStore } from './s3-payload-store.ts';
import { secretsManagerSecret } from './secrets-manager-secret.ts';

/** A lease outlasts the function's three seconds, so that a live owner is never overtaken. */
const LEASE_MS = 10_000;

/** One more try, and each short: there is time for no third, and a call that hangs is given up for it. */
const hastyOptions = {
  ...awsClientOptions,
  maxAttempts: 2,
  requestHandler: { ...awsClientOptions.requestHandler, connectionTimeout: 200, requestTimeout: 300 },
};

/**
 * Connects everything the authorizer needs, once per function instance.
 * @param bus what the entry file knows of the invocation
 */
export function authorizerPorts(
  environment: AuthorizerEnvironment,
  bus: Pick<EventBridgeBusOptions, 'traceHeader' | 'onRepeat'>,
) {
  const client = awsClient(DynamoDBClient, hastyOptions);
  const clock = { now: Date.now };
  return {
    clock,
    secrets: new SigningSecrets(secretsManagerSecret(environment.SIGNING_SECRET_ARN), clock),
    ledger: dynamoDbLedger({ client, table: environment.LEDGER_TABLE, clock, leaseMs: LEASE_MS, newOwner: randomUUID }),
    bus: eventBridgeBus({
      client: awsClient(EventBridgeClient, hastyOptions),
      busName: environment.BUS_NAME,
      ...bus,
    }),
    payloads: s3PayloadStore(environment.PAYLOAD_BUCKET),
    spending: dynamoDbSpending(client, environment.OBJECTS_TABLE),
    teamRows: dynamoDbObjectStore(client, environment.OBJECTS_TABLE),
  };
}
