import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

describe('an event that Stripe sends more than once', () => {
  it('is published once, and each repeat is a duplicate', async () => {
    const event = fresh('charge.succeeded');

    const answers = [];
    for (let time = 1; time <= 3; time += 1) answers.push(await pipeline.send(event));
    await pipeline.runtime.settled();

    expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'duplicate', 'duplicate']);
    expect(pipeline.published(event.id)).toHaveLength(1);
  });

  it('is published once when it comes 50 times at once', async () => {
    const event = fresh('charge.succeeded');

    const answers = await Promise.all(Array.from({ length: 50 }, () => pipeline.send(event)));
    await pipeline.runtime.settled();

    // Whoever waited a second in vain for the one in flight is told to come again: 409.
    const repeats = answers.filter(({ outcome }) => outcome !== 'accepted');
    expect(repeats).toHaveLength(49);
    for (const { outcome } of repeats) expect(outcome).toBeOneOf(['duplicate', 'event_in_flight']);
    expect(pipeline.published(event.id)).toHaveLength(1);
    await expect.poll(() => pipeline.handledBy(event.id)).toEqual(['stripe-fanout-dev-handler-core']);
  });
});
