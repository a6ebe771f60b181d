import { monitorEventLoopDelay } from 'node:perf_hooks';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CONFIG } from '#infra/config.ts';
import { validateConfig } from '#infra/configuration/validate-config.ts';
import { handlerName, resolverName } from '#shared/naming/resource-names.ts';
import { sampleThinEvent } from '#shared/samples/thin/sample-thin-event.ts';
import { cliJson } from './run-cli.ts';
import { startPipeline, stripeBeside } from './start-pipeline.ts';

/** Notifications of the burst. */
const BURST = process.env.MODE === 'full' ? 2_000 : 60;
const { requestsPerSecond } = validateConfig('dev', CONFIG.dev).resolver;

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());
afterEach(() => stripe().faults.clear());

const stripe = () => stripeBeside(pipeline);

function emit(type: string) {
  const [emitted] = stripe().emit({ type, style: 'thin' });
  return { id: emitted?.id ?? '', object: emitted?.object ?? '' };
}

const resolvedOf = (id: string) => pipeline.published(id).filter(({ object }) => object === 'event');
const reasonsOf = async (id: string) =>
  (await pipeline.failures('thin')).filter(({ event }) => event?.S === id).map(({ errorCode }) => errorCode?.S);

/** Messages in the resolver's DLQ that are about an event. */
async function deadLettersOf(id: string): Promise<number> {
  const sqs = new SQSClient(pipeline.aws);
  const QueueUrl = pipeline.runtime.outputs.DlqUrlThin;
  const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
  const { Messages = [] } = await sqs.send(receive);
  sqs.destroy();
  const found = Messages.filter(({ Body }) => Body?.includes(id)).map(({ MessageId }) => MessageId);
  // What stays visible is received again with the same request.
  return new Set(found).size;
}

describe('when Stripe', () => {
  it('does not find a deleted object, its deletion is published', async () => {
    const { id } = emit('v1.product.deleted');
    await pipeline.runtime.settled();

    expect(resolvedOf(id)).toMatchObject([{ type: 'product.deleted', data: { object: { deleted: true } } }]);
    expect(await reasonsOf(id)).toEqual([]);
  });

  it('does not find another object, it is asked once more, and then the event is published without it', async () => {
    stripe().faults.add({ path: '/v1/products', answer: 404, times: 2 });
    const { id, object } = emit('v1.product.updated');
    await pipeline.runtime.settled();

    expect(resolvedOf(id)).toMatchObject([{ data: { object: { id: object } }, fanout: { missing: true } }]);
    expect(resolvedOf(id)[0]?.data).not.toHaveProperty('object.deleted');
    await expect.poll(() => pipeline.handledBy(id)).toEqual([handlerName('dev', 'products')]);
    // No deletion: nothing was known of it, and nothing is concluded.
    expect(await pipeline.row(object)).toBeUndefined();
  });

  it.each([
    [401, 'stripe_key_refused'],
    [403, 'stripe_permission_missing'],
    [400, 'stripe_request_refused'],
  ] as const)('answers %i, the event is parked at once with its reason', async (answer, code) => {
    stripe().faults.add({ path: '/v1/products', answer, times: 'always', message: 'Having the rak_product_read' });
    const { id } = emit('v1.product.updated');
    await pipeline.runtime.settled();

    expect(await reasonsOf(id)).toEqual([code]);
    await expect.poll(() => deadLettersOf(id)).toBe(1);
    expect(resolvedOf(id)).toEqual([]);
  });

  it('answers 500 and that a retry is of no use, the event is parked at once with that reason', async () => {
    stripe().faults.add({ path: '/v1/products', answer: 500, times: 'always', shouldRetry: false });
    const before = stripe().requests.total;
    const { id } = emit('v1.product.updated');
    await pipeline.runtime.settled();

    expect(await reasonsOf(id)).toEqual(['stripe_request_refused']);
    await expect.poll(() => deadLettersOf(id)).toBe(1);
    expect(stripe().requests.total - before).toBe(1);
  });

  it.each([
    [500, 'always', 'stripe_unavailable'],
    [429, 'always', 'stripe_rate_limited'],
  ] as const)(
    'answers %i for ever, the event ends in the DLQ with its reason, and others go on',
    async (answer, times, code) => {
      stripe().faults.add({ path: '/v1/products', answer, times, retryAfter: 0 });
      const { id } = emit('v1.product.updated');
      const other = emit('v1.customer.updated');
      await pipeline.runtime.settled();

      expect(resolvedOf(other.id)).toHaveLength(1);
      expect(await reasonsOf(id)).toEqual([code]);
      await expect.poll(() => deadLettersOf(id)).toBe(1);
    },
  );

  it('is busy or down for a moment, the event is resolved all the same', async () => {
    stripe().faults.add({ path: '/v1/products', answer: 503, times: 1 });
    stripe().faults.add({ path: '/v1/products', answer: 429, times: 1, retryAfter: 1 });
    stripe().faults.add({ path: '/v1/products', answer: 'drop', times: 1 });
    const { id } = emit('v1.product.updated');
    await pipeline.runtime.settled();

    expect(resolvedOf(id)).toHaveLength(1);
    expect(await reasonsOf(id)).toEqual([]);
  });

  it('does not answer at all, the request is given up and made again', async () => {
    await using own = await startPipeline();
    own.runtime.stripe?.faults.add({ path: '/v1/products', answer: 'hang', times: 1 });
    const [emitted] = own.runtime.stripe?.emit({ type: 'v1.product.updated', style: 'thin' }) ?? [];
    await own.runtime.settled();

    const id = emitted?.id ?? '';
    expect(own.published(id).filter(({ object }) => object === 'event')).toHaveLength(1);
    expect(own.runtime.stripe?.requests.byStatus).toEqual({ hang: 1, 200: 1 });
  });
});

describe('a key of the wrong account or mode', () => {
  it('is answered 404 to everything: nothing is published or forgotten, and all is resolved with the right key', async () => {
    await using own = await startPipeline();
    const other = stripeBeside(own);
    // What is known of an object before, that a deletion inferred from a 404 would take away.
    const [known] = other.emit({ type: 'product.created' });
    await own.runtime.settled();
    const wrong = other.faults.add({ path: '/', answer: 404, times: 'always' });
    const emitted = Array.from({ length: 12 }, () => other.emit({ type: 'v1.product.updated', style: 'thin' })[0]?.id);
    const ids = emitted.map((id) => id ?? '');
    await own.runtime.settled(120_000);

    const wholeOf = (id: string) => own.published(id).filter(({ object }) => object === 'event');
    expect(ids.flatMap(wholeOf)).toEqual([]);
    expect((await own.row(known?.object))?.tombstone).toBeUndefined();
    const reasons = (await own.failures('thin')).map(({ errorCode }) => errorCode?.S);
    expect(new Set(reasons)).toEqual(new Set(['stripe_finds_nothing']));
    // Of five receives two ask for the object, and the second for its event: then the breaker is open.
    expect(other.requests.byStatus['404'] ?? 0).toBeLessThanOrEqual(3 * ids.length);

    // The right key is stored, instances that know the wrong one end, and somebody redrives.
    other.faults.remove(wrong);
    await own.runtime.killWorkers(resolverName('dev'));
    await cliJson(own, 'dlq', 'redrive', 'thin', '--yes');
    await expect.poll(() => ids.filter((id) => wholeOf(id).length === 1).length).toBe(ids.length);
    await own.runtime.settled();
    expect(await own.failures('thin')).toEqual([]);
  }, 240_000);
});

describe('a related URL', () => {
  it.each(['https://evil.example/v1/products/p', '//evil.example/v1/p', '/v1/../../p'])(
    '%s is parked, and Stripe’s key goes nowhere',
    async (url) => {
      const { notification } = sampleThinEvent('v1.product.updated', { seed: url, created: Date.now() / 1000 });
      const before = stripe().requests.total;

      await pipeline.send({ ...notification, related_object: { id: 'p', type: 'product', url } });
      await pipeline.runtime.settled();

      expect(await reasonsOf(notification.id)).toEqual(['related_url_refused']);
      await expect.poll(() => deadLettersOf(notification.id)).toBe(1);
      expect(stripe().requests.total).toBe(before);
    },
  );
});

describe('an answer of another kind', () => {
  it('than the notification names is parked, and nothing is published', async () => {
    const [customer] = stripe().emit({ type: 'customer.created' });
    const { notification } = sampleThinEvent('v1.product.updated', { seed: 'kind', created: Date.now() / 1000 });
    const url = `/v1/customers/${customer?.object}`;

    await pipeline.send({ ...notification, related_object: { id: 'prod_1', type: 'product', url } });
    await pipeline.runtime.settled();

    expect(await reasonsOf(notification.id)).toEqual(['related_object_unexpected']);
    await expect.poll(() => deadLettersOf(notification.id)).toBe(1);
    expect(resolvedOf(notification.id)).toEqual([]);
  });
});

describe('a burst', () => {
  it(
    `of ${BURST} notifications stays within the configured requests a second, and all are resolved`,
    async () => {
      using delay = monitorEventLoopDelay();
      delay.enable();
      const emitted = Array.from({ length: BURST }, () => emit('v1.customer.updated'));
      await pipeline.runtime.settled(BURST * 200 + 60_000);

      expect(emitted.filter(({ id }) => resolvedOf(id).length !== 1)).toEqual([]);
      // What came while this thread stood still is counted in the second in which it goes on.
      const stoodStill = Math.max(0, delay.max / 1e9);
      expect(stripe().requests.peakPerSecond).toBeLessThanOrEqual(requestsPerSecond * (1 + stoodStill));
    },
    BURST * 200 + 120_000,
  );
});
