import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handlerName } from '#shared/naming/resource-names.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { sampleThinEvent } from '#shared/samples/thin/sample-thin-event.ts';
import { startPipeline, stripeBeside } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

const stripe = () => stripeBeside(pipeline);

/** Sends an event as Stripe does, and gives its id and its object's. */
function emit(type: string, more: Partial<Parameters<ReturnType<typeof stripe>['emit']>[0]> = {}) {
  const [emitted] = stripe().emit({ type, style: 'thin', ...more });
  return { id: emitted?.id ?? '', object: emitted?.object ?? '' };
}

const resolvedOf = (id: string) => pipeline.published(id).filter(({ object }) => object === 'event');

describe('a thin event', () => {
  it('reaches its handler as a whole event, with the object that Stripe has, and no consumer asks Stripe', async () => {
    const { id, object } = emit('v1.invoice.paid');
    await pipeline.runtime.settled();

    expect(resolvedOf(id)).toMatchObject([{ type: 'invoice.paid', data: { object: { id: object } } }]);
    await expect.poll(() => pipeline.handledBy(id)).toEqual([handlerName('dev', 'billing')]);
    expect(await pipeline.row(object)).toMatchObject({ event: { S: id } });
  });

  it('of a connected account is resolved for that account', async () => {
    const { id, object } = emit('v1.invoice.paid', { account: 'acct_1Connected', livemode: true });
    await pipeline.runtime.settled();

    expect(resolvedOf(id)).toMatchObject([{ account: 'acct_1Connected', livemode: true }]);
    expect(await pipeline.row(object, 'live#acct_1Connected')).toBeDefined();
  });

  it.each([1, 2, 3])('and its snapshot twin, which come at once, are published once (round %i)', async (round) => {
    const [snapshot, thin] = stripe().emit({ type: 'customer.updated', style: 'both', seed: `${round}`, copies: 2 });
    await pipeline.runtime.settled();

    expect(resolvedOf(snapshot?.id ?? '')).toHaveLength(1);
    expect(resolvedOf(thin?.id ?? '')).toEqual([]);
    await expect.poll(() => pipeline.handledBy(snapshot?.id ?? '')).toEqual([handlerName('dev', 'core')]);
  });

  it.each([
    ['snapshot', 'thin', 'snapshot'],
    ['thin', 'snapshot', 'resolved'],
  ] as const)(
    'and its twin are published once when the %s comes first and the %s late',
    async (first, late, payload) => {
      const options = { seed: `${first} first`, created: Math.floor(Date.now() / 1000) };
      const snapshot = sampleEvent('customer.updated', options);
      const { notification: thin } = sampleThinEvent('customer.updated', { ...options, snapshotEvent: snapshot.id });
      stripe().world.objects.put({ livemode: false, account: undefined }, snapshot.data.object);
      const told = { snapshot, thin };

      expect(await pipeline.send(told[first])).toEqual({ status: 200, outcome: 'accepted' });
      await pipeline.runtime.settled();
      expect(resolvedOf(snapshot.id)).toMatchObject([{ fanout: { payload } }]);

      expect((await pipeline.send(told[late])).status).toBe(200);
      await pipeline.runtime.settled();
      expect(resolvedOf(snapshot.id)).toHaveLength(1);
      expect(resolvedOf(thin.id)).toEqual([]);
      await expect.poll(() => pipeline.handledBy(snapshot.id)).toEqual([handlerName('dev', 'core')]);
      expect(await pipeline.failures('thin')).toEqual([]);
    },
  );
});
