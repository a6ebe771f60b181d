import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

describe('a thin event', () => {
  it('reaches its handler as a whole event, with the object that Stripe has', async () => {
    const [emitted] = pipeline.runtime.stripe!.emit({ type: 'v1.invoice.paid', style: 'thin' });
    await pipeline.runtime.settled();

    const [, resolved] = pipeline.published(emitted!.id);
    expect(resolved).toMatchObject({ type: 'invoice.paid', data: { object: { id: emitted!.object } } });
    await expect.poll(() => pipeline.handledBy(emitted!.id)).toEqual(['stripe-fanout-dev-handler-billing']);
  });
});
