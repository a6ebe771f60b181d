import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deadLetterQueueName, queueName, resolverName } from '#shared/naming/resource-names.ts';
import { sampleObject } from '#shared/samples/sample-object.ts';
import { cliJson } from './run-cli.ts';
import { startPipeline, stripeBeside } from './start-pipeline.ts';
import { synthesizeStage } from './synthesize-stage.ts';

/** Two events of one second that say nothing of their order. */
const TYPES = ['payment_intent.processing', 'payment_intent.succeeded'] as const;
const ENDPOINT = 'GET /v1/payment_intents/:id';
/** Unix seconds: long enough ago for an answer of now to be newer. */
const PAST = Math.floor(Date.now() / 1000) - 60;

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  // One domain that wants the latest, beside those that go by their events.
  pipeline = await startPipeline(synthesizeStage({ domains: { products: { freshness: 'latest' } } }));
});
afterAll(() => pipeline[Symbol.asyncDispose]());
afterEach(() => stripe().faults.clear());

const stripe = () => stripeBeside(pipeline);

/** An object that no other test has, and what Stripe knows and tells of it. */
function own(type: string, kind: string) {
  const { object } = sampleObject(type, kind, { seed: `present ${performance.now()}`, livemode: false });
  const states = (description: string) => ({ ...object, description });
  return {
    id: String(object.id),
    /** An event that shows it so, some seconds after {@link PAST}. */
    tell: (told: string, description: string, second = 0, delayMs = 0) =>
      stripe().emit({ type: told, object: states(description), created: PAST + second, delayMs })[0]?.id ?? '',
    /** What it is like now. */
    is: (description: string) =>
      stripe().world.objects.put({ livemode: false, account: undefined }, states(description)),
    shown: async () => {
      const row = await pipeline.row(object.id);
      const { description } = JSON.parse(row?.data?.S ?? '{}');
      return { description, isAmbiguous: row?.ambiguous?.BOOL === true, type: row?.type?.S };
    },
  };
}

const intent = () => own(TYPES[0], 'payment_intent');
const askedFor = () => stripe().requests.byEndpoint[ENDPOINT] ?? 0;
const depthOf = (queue: string) => {
  const { visible = 0, inFlight = 0 } = pipeline.runtime.queueDepths()[queue] ?? {};
  return visible + inFlight;
};
const REQUESTS = queueName('dev', 'refresh');
const DEAD_LETTERS = deadLetterQueueName('dev', 'refresh');

describe('a tie', () => {
  it('ends settled by what Stripe says now, and a late snapshot does not undo it', async () => {
    const object = intent();
    object.tell(TYPES[0], 'one');
    object.tell(TYPES[1], 'other');
    object.is('now');
    await pipeline.runtime.settled();

    const settled = { description: 'now', isAmbiguous: false, type: 'stripe_fanout.refreshed' };
    expect(await object.shown()).toEqual(settled);
    const { data } = await cliJson(pipeline, 'where', object.id);
    expect(JSON.stringify(data)).toContain('"state":"kept"');

    object.tell(TYPES[0], 'late', 30);
    await pipeline.runtime.settled();
    expect(await object.shown()).toEqual(settled);
  });

  it('of many events at once is one request to Stripe', async () => {
    const object = intent();
    const before = askedFor();
    pipeline.runtime.setPolling(resolverName('dev'), false);
    try {
      for (const told of ['a', 'b', 'c', 'd', 'e', 'f']) object.tell(TYPES[0], told);
      // The first of them ties with nothing.
      await expect.poll(() => depthOf(REQUESTS)).toBe(5);
      object.is('now');
    } finally {
      pipeline.runtime.setPolling(resolverName('dev'), true);
    }
    await pipeline.runtime.settled();

    expect(await object.shown()).toMatchObject({ description: 'now', isAmbiguous: false });
    expect(askedFor() - before).toBe(1);
  });

  it('for which the key lacks a permission is in the DLQ with that reason, and settled by a redrive', async () => {
    const object = intent();
    stripe().faults.add({
      path: '/v1/payment_intents',
      answer: 403,
      times: 'always',
      message: 'Having the rak_payment_intent_read permission would allow this request',
    });
    object.tell(TYPES[0], 'one');
    const event = object.tell(TYPES[1], 'other');
    object.is('now');
    await pipeline.runtime.settled();

    expect(await object.shown()).toMatchObject({ isAmbiguous: true });
    const shown = await cliJson(pipeline, 'dlq', 'show', 'refresh', '--scan');
    expect(JSON.stringify(shown.data)).toContain('stripe_permission_missing');
    expect(JSON.stringify(shown.data)).toContain('rak_payment_intent_read');
    expect((await pipeline.failures('refresh')).length, event).toBe(1);

    stripe().faults.clear();
    await cliJson(pipeline, 'dlq', 'redrive', 'refresh', '--yes');
    await expect.poll(object.shown).toMatchObject({ description: 'now', isAmbiguous: false });
    await pipeline.runtime.settled();
    expect(depthOf(DEAD_LETTERS)).toBe(0);
    expect(await pipeline.failures('refresh')).toEqual([]);
  });

  it('stays ambiguous, and nothing fails, where the mode has no key', async () => {
    const object = intent();
    const secrets = new SecretsManagerClient(pipeline.aws);
    const SecretId = pipeline.runtime.outputs.ApiKeySecretName;
    const store = (SecretString: string) => secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
    await store('{}');
    await pipeline.runtime.killWorkers(resolverName('dev'));
    object.tell(TYPES[0], 'one');
    object.tell(TYPES[1], 'other');
    object.is('now');
    await pipeline.runtime.settled();

    expect(await object.shown()).toMatchObject({ isAmbiguous: true });
    expect(depthOf(DEAD_LETTERS)).toBe(0);

    await store(JSON.stringify({ live: 'rk_live_local', test: 'rk_test_local' }));
    await pipeline.runtime.killWorkers(resolverName('dev'));
    secrets.destroy();
  });
});

describe('a domain that wants the latest', () => {
  it('shows what Stripe says now after each event, and what comes late changes nothing', async () => {
    const product = own('product.updated', 'product');
    product.tell('product.created', 'then');
    product.is('now');
    await pipeline.runtime.settled();
    expect(await product.shown()).toMatchObject({ description: 'now', type: 'stripe_fanout.refreshed' });

    product.tell('product.updated', 'between', 20);
    await pipeline.runtime.settled();
    expect(await product.shown()).toMatchObject({ description: 'now' });
  });

  it('has its reactions and the delivery of its events as every other', async () => {
    const product = own('product.updated', 'product');
    const event = product.tell('product.created', 'then');
    await pipeline.runtime.settled();

    expect(pipeline.published(event)).toHaveLength(1);
    await expect.poll(() => pipeline.handledBy(event)).toHaveLength(1);
  });
});
