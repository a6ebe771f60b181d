import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { ResolverEnvironment } from '#shared/environment/resolver-environment.ts';
import { awsClientOptions } from './aws-client-options.ts';
import { dynamoDbFailureLog } from './dynamodb-failure-log.ts';
import { dynamoDbLedger } from './dynamodb-ledger.ts';
import { eventBridgeBus } from './eventbridge-bus.ts';
import { s3PayloadStore } from './s3-payload-store.ts';
import { secretsManagerSecret } from './secrets-manager-secret.ts';
import { sqsMessages } from './sqs-messages.ts';
import { stripeApi } from './stripe-api.ts';
import { powertoolsTelemetry } from './telemetry.ts';

/**
 * Connects everything the resolver needs, once per function instance.
 * @param baseUrl of another Stripe than the real one
 * @param traceHeader the invocation's X-Ray header, read for each entry
 */
export function resolverPorts(
  environment: ResolverEnvironment,
  baseUrl: string | undefined,
  traceHeader: () => string | undefined,
) {
  const client = new DynamoDBClient(awsClientOptions);
  const clock = { now: Date.now };
  const table = environment.LEDGER_TABLE;
  const telemetry = powertoolsTelemetry({ stage: environment.STAGE, dimensions: {} });
  return {
    failures: dynamoDbFailureLog({ client, table, clock }),
    bus: eventBridgeBus({
      busName: environment.BUS_NAME,
      traceHeader,
      onRepeat: () => telemetry.countNow('PublishRetried'),
    }),
    payloads: s3PayloadStore(environment.PAYLOAD_BUCKET),
    messages: sqsMessages({
      client: new SQSClient(awsClientOptions),
      queueUrl: environment.QUEUE_URL,
      deadLetterQueueUrl: environment.DLQ_URL,
    }),
    stripe: stripeApi({
      secret: secretsManagerSecret(environment.API_KEYS_SECRET_ARN),
      clock,
      apiVersion: environment.STRIPE_API_VERSION,
      baseUrl,
      timeoutMs: Number(environment.REQUEST_TIMEOUT_MS),
      onRequest: () => telemetry.count('StripeRequests'),
    }),
    telemetry,
    clock,
    sleep: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }),
    ledgerWith: (leaseMs: number) => dynamoDbLedger({ client, table, clock, leaseMs, newOwner: randomUUID }),
  };
}
