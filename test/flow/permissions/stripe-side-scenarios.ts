import Stripe from 'stripe';
import { destinationCheckName } from '#shared/naming/resource-names.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { invoke } from '../invoke.ts';
import type { Scenario, Stage } from './scenario.ts';

/** What looks at Stripe's side. In live mode: from the first destination on, a mode's events go to those that were made. */
export const STRIPE_SIDE_SCENARIOS: readonly Scenario[] = [
  {
    name: 'the destination check finds what Stripe could not deliver, by an instance without keys',
    once: true,
    play: async (stage) => {
      const { pipeline } = stage;
      await pipeline.runtime.killWorkers(destinationCheckName('dev'));
      await connectLive(stage);
      const created = Math.floor(Date.now() / 1000) - 7_200;
      const seed = String(performance.now());
      const event = sampleEvent('invoice.paid', { seed, created, livemode: true });
      pipeline.runtime.stripe?.world.snapshots.add({ livemode: true }, event).deliveries.set('ed_1', 'failed');
      await invoke(pipeline, destinationCheckName('dev'));
    },
  },
];

/** A destination of the own account's snapshots, as somebody makes one by hand. */
async function connectLive({ pipeline }: Stage): Promise<void> {
  const { stripe, outputs } = pipeline.runtime;
  if (stripe === undefined) throw new Error('The runtime has no Stripe beside it.');
  if (stripe.destinations.all(true).length > 0) return;
  const { hostname: host, port } = new URL(stripe.url);
  const client = new Stripe('rk_live_local', { host, port, protocol: 'http', telemetry: false });
  await client.webhookEndpoints.create({ url: `${outputs.WebhookUrl}/account`, enabled_events: ['invoice.paid'] });
}
