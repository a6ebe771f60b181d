import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakUntilMended, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** @returns whatever the stand-in answers; the assertions look into it */
async function control(path: string, body?: unknown): Promise<ReturnType<typeof JSON.parse>> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${pipeline.runtime.url}/_local/stripe/${path}`, init);
  return await response.json();
}

describe('Stripe’s stand-in beside the pipeline', () => {
  it('sends an event in both styles, each twice, and each is accepted once', async () => {
    const { events } = await control('emit', { type: 'customer.updated', style: 'both', copies: 2, tag: 'twins' });
    await pipeline.runtime.settled();

    expect(events).toMatchObject([{ type: 'customer.updated' }, { type: 'v1.customer.updated' }]);
    expect(await control('deliveries?tag=twins')).toMatchObject({ events: 2, sent: 4, accepted: 2, duplicates: 2 });
    await expect.poll(() => pipeline.handledBy(events[0].id)).toEqual(['stripe-fanout-dev-handler-core']);
  });

  it('tries again what the pipeline could not take, and the runtime is settled only then', async () => {
    const mend = breakUntilMended(pipeline, {
      service: 'events',
      operation: 'PutEvents',
      times: 'always',
      error: 'ServiceUnavailable',
    });

    await control('emit', { type: 'charge.captured', livemode: true, tag: 'outage' });
    await expect
      .poll(() => control('deliveries?tag=outage'))
      .toMatchObject({ pending: 1, refusals: { 503: expect.any(Number) } });
    mend();
    await pipeline.runtime.settled();

    expect(await control('deliveries?tag=outage')).toMatchObject({ accepted: 1, pending: 0 });
  });

  it('answers the objects of what it sent where the outputs say', async () => {
    const { events } = await control('emit', { type: 'product.created' });

    const answer = await fetch(`${pipeline.runtime.outputs.StripeApiUrl}/v1/products/${events[0].object}`, {
      headers: { authorization: 'Bearer rk_test_local' },
    });

    expect(await answer.json()).toMatchObject({ id: events[0].object, object: 'product' });
  });
});
