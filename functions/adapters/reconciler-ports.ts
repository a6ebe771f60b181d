import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ReconcilerEnvironment } from '#shared/environment/reconciler-environment.ts';
import { Pacer } from '#shared/pacing/pacer.ts';
import { PatientStripe } from '#shared/stripe/patient-stripe.ts';
import { steadyStripe } from '#shared/stripe/steady-stripe.ts';
import { awsClient } from './aws-client.ts';
import { dynamoDbLedger } from './dynamodb-ledger.ts';
import { dynamoDbPublishedEvents } from './dynamodb-published-events.ts';
import { dynamoDbReconcileProgress } from './dynamodb-reconcile-progress.ts';
import { eventBridgeBus } from './eventbridge-bus.ts';
import { s3PayloadStore } from './s3-payload-store.ts';
import { secretsManagerSecret } from './secrets-manager-secret.ts';
import { stripeApi } from './stripe-api.ts';
import { powertoolsTelemetry } from './telemetry.ts';

/**
 * Requests a second that the reconciler makes of Stripe, of a hundred events each. With the resolver's 20 it stays below
 * the 25 that a sandbox allows.
 */
const REQUESTS_PER_SECOND = 4;

export interface ReconcilerConnection {
  /** Of another Stripe than the real one. */
  readonly baseUrl: string | undefined;
  /** The invocation's X-Ray header, read for each entry. */
  traceHeader(): string | undefined;
  readonly apiVersion: string;
  /** Milliseconds that a claim lasts. */
  readonly claimMs: number;
}

/** Connects everything the reconciler needs, once per function instance. */
export function reconcilerPorts(environment: ReconcilerEnvironment, connection: ReconcilerConnection) {
  const client = awsClient(DynamoDBClient);
  const clock = { now: Date.now };
  const table = environment.LEDGER_TABLE;
  const telemetry = powertoolsTelemetry({ stage: environment.STAGE, dimensions: {} });
  const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal });
  const stripe = stripeApi({
    secret: secretsManagerSecret(environment.API_KEYS_SECRET_ARN),
    clock,
    apiVersion: connection.apiVersion,
    baseUrl: connection.baseUrl,
    onRequest: () => telemetry.count('StripeRequests'),
  });
  return {
    ledger: dynamoDbLedger({ client, table, clock, leaseMs: connection.claimMs, newOwner: randomUUID }),
    published: dynamoDbPublishedEvents({ client, table, clock, sleep }),
    progress: dynamoDbReconcileProgress({ client, table, clock }),
    bus: eventBridgeBus({
      busName: environment.BUS_NAME,
      traceHeader: connection.traceHeader,
      onRepeat: () => telemetry.countNow('PublishRetried'),
    }),
    payloads: s3PayloadStore(environment.PAYLOAD_BUCKET),
    stripe: new PatientStripe({
      stripe: steadyStripe(stripe, new Pacer(REQUESTS_PER_SECOND, { clock, sleep: pause })),
      sleep: pause,
      random: Math.random,
    }),
    telemetry,
    clock,
    newId: randomUUID,
  };
}
