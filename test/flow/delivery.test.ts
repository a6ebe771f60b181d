import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

describe('an accepted event', () => {
  it("reaches its domain's handler, and its object can be read back", async () => {
    const event = fresh('customer.created');

    const answer = await pipeline.send(event);
    await pipeline.runtime.settled();

    expect(answer).toEqual({ status: 200, outcome: 'accepted' });
    await expect.poll(() => pipeline.handledBy(event.id)).toEqual(['stripe-fanout-dev-handler-core']);
    const row = await pipeline.row(event.data.object.id);
    expect(JSON.parse(row?.data?.S ?? '')).toEqual(event.data.object);
  });

  it('runs its reaction, which leaves a dunning entry', async () => {
    const event = fresh('invoice.payment_failed');

    await pipeline.send(event);
    await pipeline.runtime.settled();

    const entry = await pipeline.row(`dunning:${event.data.object.id}`);
    expect(JSON.parse(entry?.data?.S ?? '')).toMatchObject({ invoice: event.data.object.id });
  });
});

describe('an event of a type nobody has heard of', () => {
  it('reaches the handler for the unrecognized, and only that', async () => {
    const event = { ...fresh('charge.succeeded'), type: 'hologram.projected' };

    const answer = await pipeline.send(event);
    await pipeline.runtime.settled();

    expect(answer).toEqual({ status: 200, outcome: 'accepted' });
    await expect.poll(() => pipeline.handledBy(event.id)).toEqual(['stripe-fanout-dev-handler-unrecognized']);
    expect(pipeline.runtime.ruleMatches('stripe-fanout-dev-Unrecognized')).toBe(1);
  });
});
