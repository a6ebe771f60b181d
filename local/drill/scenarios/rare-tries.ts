import { randomUUID } from 'node:crypto';
import { DEFAULT_DESTINATION } from '#shared/environment/destination.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import type { Scenario } from '../scenario.ts';
import { unhandled } from '../unhandled.ts';

/** Stripe tries for three days, later and later; after two of them the next try is hours away. */
const AGE_SECONDS = 2 * 86_400;

/** Nothing is wrong any more, and Stripe tries again in hours only. Until then its own list alone has the events. */
export const rareTries: Scenario = {
  name: 'rare-tries',
  summary: 'Stripe cannot deliver',
  alarm: 'stripe-cannot-deliver',
  domain: 'products',
  hints: [
    'Is there still a cause? What the ingress answers now says so; and when will Stripe try again?',
    'The events are two days old, and Stripe’s tries rare by now. Its list has them: compare that with the ledger.',
    'reconcile --since 3d',
  ],
  cause: 'An outage over the week-end was over. Stripe’s tries had become rare, and its next one was hours away.',
  async begin(world) {
    const { stripe } = world.runtime;
    if (stripe === undefined) throw new Error('A list of events needs the stand-in of Stripe.');
    const created = Math.floor(Date.now() / 1_000) - AGE_SECONDS;
    const { WebhookUrl } = world.runtime.outputs;
    // In live mode, which nothing else here uses: from its first destination on, a mode's events go to those it has.
    const id = `we_${randomUUID().replaceAll('-', '')}`;
    stripe.destinations.add({
      id,
      livemode: true,
      api: 'v1',
      type: 'webhook_endpoint',
      payload: 'snapshot',
      eventsFrom: ['@self'],
      secret: randomUUID(),
      createdMs: created * 1_000,
      changeable: {
        name: 'account',
        description: '',
        url: `${WebhookUrl}/${DEFAULT_DESTINATION}`,
        enabledEvents: ['product.updated'],
        metadata: {},
        status: 'enabled',
        updatedMs: created * 1_000,
      },
    });
    const events = Array.from({ length: 3 }, () => {
      const event = sampleEvent('product.updated', { seed: randomUUID(), created, livemode: true });
      stripe.world.snapshots.add({ livemode: true }, event).deliveries.set(id, 'failed');
      return event.id;
    });
    return {
      victims: events,
      measure: () => events.filter((event) => !world.handled.has(event)).length,
      state: async () => unhandled(world, 'products', events),
      end: () => stripe.destinations.delete(id),
    };
  },
};
