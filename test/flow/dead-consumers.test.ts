import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

describe('a handler that is killed in the middle of its work', () => {
  it('loses nothing: its message comes back and is handled', async () => {
    const event = fresh('customer.created');
    const ends: boolean[] = [];
    pipeline.runtime.observations.on('invoked', (invocation) => {
      if (invocation.function === 'stripe-fanout-dev-handler-core') ends.push(invocation.ok);
    });
    const match = String(event.data.object.id);
    pipeline.runtime.faults.add({ service: 'dynamodb', operation: 'PutItem', match, error: 'hang' });

    await pipeline.send(event);
    await expect.poll(() => pipeline.runtime.faults.list(), { interval: 5 }).toEqual([]);
    await pipeline.runtime.killWorkers('stripe-fanout-dev-handler-core');
    await pipeline.runtime.settled();

    expect(ends).toEqual([false, true]);
    expect(await pipeline.row(match)).toBeDefined();
  });
});

describe('a domain whose consumer is dead', () => {
  it('delays its own events only, and handles them when it is back', async () => {
    const [late, punctual] = [fresh('radar.early_fraud_warning.created'), fresh('product.created')];
    pipeline.runtime.setPolling('stripe-fanout-dev-handler-fraud', false);

    for (const event of [late, punctual]) await pipeline.send(event);
    await expect.poll(() => pipeline.row(punctual.data.object.id)).toBeDefined();
    const waiting = pipeline.runtime.queueDepths()['stripe-fanout-dev-fraud'];
    const early = await pipeline.row(late.data.object.id);
    pipeline.runtime.setPolling('stripe-fanout-dev-handler-fraud', true);
    await pipeline.runtime.settled();

    expect(waiting).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    expect(early).toBeUndefined();
    expect(await pipeline.row(late.data.object.id)).toBeDefined();
  });
});
