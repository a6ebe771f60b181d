import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { IngressEnvironment } from '#shared/environment/ingress-environment.ts';
import { SigningSecrets } from '#shared/webhook/signing-secrets.ts';
import { awsClient } from './aws-client.ts';
import { dynamoDbLedger } from './dynamodb-ledger.ts';
import { dynamoDbSignerLog } from './dynamodb-signer-log.ts';
import { type EventBridgeBusOptions, eventBridgeBus } from './eventbridge-bus.ts';
import { s3PayloadStore } from './s3-payload-store.ts';
import { secretsManagerSecret } from './secrets-manager-secret.ts';

/**
 * Connects everything the ingress needs, once per function instance.
 * @param leaseMs how long a claim of an event holds: longer than an invocation can last
 * @param bus what the entry file knows of the invocation
 */
export function ingressPorts(
  environment: IngressEnvironment,
  leaseMs: number,
  bus: Pick<EventBridgeBusOptions, 'traceHeader' | 'onRepeat'>,
) {
  const client = awsClient(DynamoDBClient);
  const clock = { now: Date.now };
  const table = environment.LEDGER_TABLE;
  return {
    clock,
    secrets: new SigningSecrets(secretsManagerSecret(environment.SIGNING_SECRET_ARN), clock),
    signerLog: dynamoDbSignerLog({ client, table, clock }),
    ledger: dynamoDbLedger({ client, table, clock, leaseMs, newOwner: randomUUID }),
    bus: eventBridgeBus({ busName: environment.BUS_NAME, ...bus }),
    payloads: s3PayloadStore(environment.PAYLOAD_BUCKET),
  };
}
