import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { ResolverEnvironment } from '#shared/environment/resolver-environment.ts';
import { awsClient } from './aws-client.ts';
import { dynamoDbFailureLog } from './dynamodb-failure-log.ts';
import { dynamoDbLedger } from './dynamodb-ledger.ts';
import { dynamoDbObjectStore } from './dynamodb-object-store.ts';
import { eventBridgeBus } from './eventbridge-bus.ts';
import { s3PayloadStore } from './s3-payload-store.ts';
import { secretsManagerSecret } from './secrets-manager-secret.ts';
import { sqsDomainQueues } from './sqs-domain-queues.ts';
import { sqsMessages } from './sqs-messages.ts';
import { stripeApi } from './stripe-api.ts';
import { powertoolsTelemetry } from './telemetry.ts';

/**
 * Connects everything the resolver needs, once per function instance: for notifications, and for present states, which
 * have a queue and counts of their own.
 * @param baseUrl of another Stripe than the real one
 * @param traceHeader the invocation's X-Ray header, read for each entry
 */
export function resolverPorts(
  environment: ResolverEnvironment,
  baseUrl: string | undefined,
  traceHeader: () => string | undefined,
) {
  const client = awsClient(DynamoDBClient);
  const sqs = awsClient(SQSClient);
  const { STAGE: stage, LEDGER_TABLE: table } = environment;
  const clock = { now: Date.now };
  const telemetry = powertoolsTelemetry({ stage, dimensions: {} });
  const shared = {
    failures: dynamoDbFailureLog({ client, table, clock }),
    payloads: s3PayloadStore(environment.PAYLOAD_BUCKET),
    stripe: stripeApi({
      secret: secretsManagerSecret(environment.API_KEYS_SECRET_ARN),
      clock,
      apiVersion: environment.STRIPE_API_VERSION,
      baseUrl,
      timeoutMs: Number(environment.REQUEST_TIMEOUT_MS),
      onRequest: () => telemetry.count('StripeRequests'),
    }),
    clock,
    sleep: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }),
  };
  return {
    notifications: {
      ...shared,
      telemetry,
      bus: eventBridgeBus({
        busName: environment.BUS_NAME,
        traceHeader,
        onRepeat: () => telemetry.countNow('PublishRetried'),
      }),
      messages: sqsMessages({
        client: sqs,
        queueUrl: environment.QUEUE_URL,
        deadLetterQueueUrl: environment.DLQ_URL,
      }),
      ledgerWith: (leaseMs: number) => dynamoDbLedger({ client, table, clock, leaseMs, newOwner: randomUUID }),
    },
    states: {
      ...shared,
      telemetry: powertoolsTelemetry({ stage, dimensions: { domain: 'refresh' } }),
      asking: telemetry,
      objects: dynamoDbObjectStore(client, environment.OBJECTS_TABLE),
      domains: sqsDomainQueues({ client: sqs, stage, besideUrl: environment.REFRESH_QUEUE_URL }),
      messages: sqsMessages({
        client: sqs,
        queueUrl: environment.REFRESH_QUEUE_URL,
        deadLetterQueueUrl: environment.REFRESH_DLQ_URL,
      }),
    },
  };
}
