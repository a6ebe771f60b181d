import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { EventBridgeSchema } from '@aws-lambda-powertools/parser/schemas';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import middy from '@middy/core';
import Stripe from 'stripe';

/** What many teams would write instead of our ingress: Stripe's SDK, Powertools and middy. */
const stripe = new Stripe('sk_test_bench');
const events = new EventBridgeClient({});
const persistenceStore = new DynamoDBPersistenceLayer({ tableName: 'ledger' });
const logger = new Logger();
const metrics = new Metrics();

const publish = makeIdempotent(
  async (event: Stripe.Event) => {
    await events.send(new PutEventsCommand({ Entries: [{ Detail: JSON.stringify(event) }] }));
    return event.id;
  },
  { persistenceStore, config: new IdempotencyConfig({ eventKeyJmesPath: 'id' }) },
);

export const schema = EventBridgeSchema;
export const handler = middy<{ body: string; signature: string }>().handler(
  async ({ body, signature }: { body: string; signature: string }) => {
    const event = stripe.webhooks.constructEvent(body, signature, 'whsec_bench');
    logger.info('received', { id: event.id });
    metrics.publishStoredMetrics();
    return await publish(event);
  },
);
