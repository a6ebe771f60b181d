import { once } from 'node:events';
import { type AttributeValue, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HandledLog } from '#local/demo/handled-log.ts';
import { PipelineClient } from '#local/demo/pipeline-client.ts';
import { redrive } from '#local/demo/redrive.ts';
import type { Runtime } from '#local/running-pipeline.ts';
import { startRuntime } from '#local/runtime.ts';
import { FAILURES_INDEX } from '#shared/ledger/ledger.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';

const SECRET = 'whsec_flow';
const handled = new HandledLog();
let runtime: Runtime;
let client: PipelineClient;
let dynamoDb: DynamoDBClient;

const clientOptions = () => ({
  endpoint: runtime.awsUrl,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

beforeAll(async () => {
  // Five receives take 81 minutes with the deployed back-off; here less than two seconds.
  runtime = await startRuntime({
    assembly: 'cdk.out',
    port: 0,
    awsPort: 0,
    timeScale: 3_600,
    signingSecret: SECRET,
    log: handled.sink,
  });
  client = new PipelineClient(runtime, SECRET);
  dynamoDb = new DynamoDBClient(clientOptions());
});

afterEach(() => runtime.faults.clear());

afterAll(async () => {
  client.close();
  dynamoDb.destroy();
  await runtime.stop();
});

let sequence = 0;
function fresh(type: string) {
  sequence += 1;
  return sampleEvent(type, { seed: `flow ${sequence}`, created: Math.floor(Date.now() / 1000) });
}

async function failuresOf(domain: string): Promise<Record<string, AttributeValue>[]> {
  const command = new QueryCommand({
    TableName: runtime.outputs.LedgerTableName,
    IndexName: FAILURES_INDEX,
    KeyConditionExpression: 'failedDomain = :domain',
    ExpressionAttributeValues: { ':domain': { S: domain } },
  });
  return (await dynamoDb.send(command)).Items ?? [];
}

/** How often an event comes to the bus from now on. */
function publications(eventId: string): () => number {
  let count = 0;
  runtime.observations.on('published', ({ detail }) => {
    if (JSON.parse(detail).id === eventId) count += 1;
  });
  return () => count;
}

describe('a fault on our side', () => {
  it.each([
    ['the ledger', 'dynamodb', 'UpdateItem', 'ledger_unavailable'],
    ['the bus', 'events', 'PutEvents', 'publish_failed'],
  ] as const)(
    'in %s is a 503, and the event is accepted when Stripe tries again',
    async (_name, service, operation, code) => {
      const event = fresh('charge.succeeded');
      runtime.faults.add({ service, operation, match: event.id, times: 'always', error: 'AccessDeniedException' });

      const first = await client.send(event);
      runtime.faults.clear();
      const second = await client.send(event);
      await runtime.settled();

      expect(first).toEqual({ status: 503, outcome: code });
      expect(second).toEqual({ status: 200, outcome: 'accepted' });
      expect(handled.byEvent.has(event.id)).toBe(true);
    },
  );

  it.each([
    ['the claim', 'dynamodb', 'UpdateItem', 1],
    ['PutEvents', 'events', 'PutEvents', 2],
  ] as const)('that loses the answer of %s loses no event', async (_name, service, operation, most) => {
    const event = fresh('charge.captured');
    const count = publications(event.id);
    runtime.faults.add({ service, operation, match: event.id, times: 1, error: 'drop-answer' });

    const answer = await client.send(event);
    await runtime.settled();

    expect(answer).toEqual({ status: 200, outcome: 'accepted' });
    expect(handled.byEvent.has(event.id)).toBe(true);
    expect(count()).toBeGreaterThanOrEqual(1);
    expect(count()).toBeLessThanOrEqual(most);
  });
});

describe('a poison event', () => {
  it('lands in the DLQ after five receives, is listed with its reason until it is redriven, and then handled', async () => {
    const event = fresh('invoice.payment_failed');
    const match = `dunning:${event.data.object.id}`;
    const error = 'ProvisionedThroughputExceededException';
    runtime.faults.add({ service: 'dynamodb', operation: 'PutItem', match, times: 'always', error });
    const gone = once(runtime.observations, 'dead-lettered', { signal: AbortSignal.timeout(20_000) });

    await client.send(event);
    await gone;
    const whileDead = await failuresOf('billing');
    runtime.faults.clear();
    const moved = await redrive(client.sqs, runtime.outputs.DlqUrlBilling ?? '', runtime.outputs.QueueUrlBilling ?? '');
    await runtime.settled();

    const failure = whileDead.find(({ stage }) => stage?.S === 'handle#billing');
    expect(failure).toMatchObject({
      event: { S: event.id },
      errorCode: { S: 'objects_unavailable' },
      attempts: { N: '5' },
    });
    expect(moved).toBe(1);
    expect(handled.byEvent.has(event.id)).toBe(true);
    expect(await failuresOf('billing')).toEqual([]);
  });
});

describe('an event the bus can never take', () => {
  it('is answered 200, kept, and announced to "unrecognized"', async () => {
    const event = fresh('charge.updated');
    const deep = `{"a":${'['.repeat(1_100)}${']'.repeat(1_100)}}`;
    const body = JSON.stringify(event).replace('"object":"event"', `"object":"event","deep":${deep}`);
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: SECRET });

    const answer = await client.post(body, signature);
    await runtime.settled();

    expect(answer).toEqual({ status: 200, outcome: 'accepted' });
    expect(handled.byEvent.get(event.id)).toBe('stripe-fanout-dev-handler-unrecognized');
  });
});

describe('a killed handler', () => {
  it('loses nothing: its message comes back and is handled', async () => {
    const event = fresh('invoice.payment_failed');
    const match = `dunning:${event.data.object.id}`;
    runtime.faults.add({ service: 'dynamodb', operation: 'PutItem', match, times: 1, error: 'hang' });

    await client.send(event);
    await runtime.killWorkers('stripe-fanout-dev-handler-billing');
    await runtime.settled();

    expect(handled.byEvent.has(event.id)).toBe(true);
  });
});

describe('a dead consumer', () => {
  it('delays its own domain only', async () => {
    const [late, punctual] = [fresh('radar.early_fraud_warning.created'), fresh('product.created')];
    runtime.setPolling('stripe-fanout-dev-handler-fraud', false);

    for (const event of [late, punctual]) await client.send(event);
    await expect.poll(() => handled.byEvent.has(punctual.id), { timeout: 10_000 }).toBe(true);
    const wasHandled = handled.byEvent.has(late.id);
    runtime.setPolling('stripe-fanout-dev-handler-fraud', true);
    await runtime.settled();

    expect(wasHandled).toBe(false);
    expect(handled.byEvent.has(late.id)).toBe(true);
  });
});

describe('a rotation', () => {
  it('needs no deploy: a secret is accepted as soon as it is stored', async () => {
    const secrets = new SecretsManagerClient(clientOptions());
    const SecretString = JSON.stringify({ connect: ['whsec_rotated'] });
    await secrets.send(new PutSecretValueCommand({ SecretId: runtime.outputs.SigningSecretName, SecretString }));
    secrets.destroy();
    // Fresh instances read the secret afresh; warm ones do within a minute of the first mismatch (unit-tested).
    await runtime.killWorkers('stripe-fanout-dev-ingress');
    const event = { ...fresh('charge.failed'), account: 'acct_1' };
    const body = JSON.stringify(event);

    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: 'whsec_rotated' });
    const response = await fetch(`${runtime.url}/webhooks/stripe/connect`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': signature },
      body,
    });

    expect(await response.json()).toMatchObject({ outcome: 'accepted' });
  });
});
