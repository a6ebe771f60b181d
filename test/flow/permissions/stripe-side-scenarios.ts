import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { destinationCheckName, reconcilerName } from '#shared/naming/resource-names.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { invoke } from '../invoke.ts';
import { stripeBeside, stripeLibrary } from '../start-pipeline.ts';
import { expectThat, type Scenario, type Stage } from './scenario.ts';

/** More than the bus takes. */
const LARGE = 'é'.repeat(200_000);

/** What looks at Stripe's side. In live mode: from the first destination on, a mode's events go to those that were made. */
export const STRIPE_SIDE_SCENARIOS: readonly Scenario[] = [
  {
    name: 'the destination check finds what Stripe could not deliver, by an instance without keys',
    once: true,
    play: async (stage) => {
      const { pipeline } = stage;
      await pipeline.runtime.killWorkers(destinationCheckName('dev'));
      await connectLive(stage);
      listAtStripe(stage);
      await invoke(pipeline, destinationCheckName('dev'));
    },
  },
  {
    name: 'the reconciler publishes what is missing, also what is too large for the bus, by an instance without keys',
    once: true,
    play: async (stage) => {
      const { pipeline } = stage;
      await pipeline.runtime.killWorkers(reconcilerName('dev'));
      await connectLive(stage);
      const ids = [listAtStripe(stage), listAtStripe(stage, { description: LARGE })];
      await reconcile(stage);
      expectThat(
        ids.every((id) => pipeline.published(id).length === 1),
        'both are published',
      );
    },
  },
  {
    name: 'the reconciler leaves alone what somebody has claimed since it looked',
    once: true,
    play: async (stage) => {
      const { pipeline } = stage;
      await connectLive(stage);
      const id = listAtStripe(stage);
      // It looks like a claim that is over, and cannot be taken: as if it had been taken in between.
      const Item = { event: { S: id }, stage: { S: 'publish' }, status: { S: 'claimed' } };
      const client = new DynamoDBClient(pipeline.aws);
      await client.send(new PutItemCommand({ TableName: pipeline.runtime.outputs.LedgerTableName, Item }));
      client.destroy();
      await reconcile(stage);
      expectThat(pipeline.published(id).length === 0, 'it is not published');
    },
  },
];

/** Has Stripe list an event that it could not deliver. @returns its id */
function listAtStripe({ pipeline }: Stage, more: Readonly<Record<string, unknown>> = {}): string {
  const created = Math.floor(Date.now() / 1000) - 7_200;
  const event = sampleEvent('invoice.paid', { seed: String(performance.now()), created, livemode: true });
  Object.assign(event.data.object, more);
  pipeline.runtime.stripe?.world.snapshots.add({ livemode: true }, event).deliveries.set('ed_1', 'failed');
  return event.id;
}

/** As the command does it, and over a time of its own: the next one begins anew. */
async function reconcile({ pipeline }: Stage): Promise<void> {
  const until = Date.now() - 3_600_000;
  const order = { since: until - 2 * 3_600_000, until, dryRun: false, seconds: 20 };
  await invoke(pipeline, reconcilerName('dev'), { reconcile: order });
}

/** A destination of the own account's snapshots, as somebody makes one by hand. */
async function connectLive({ pipeline }: Stage): Promise<void> {
  if (stripeBeside(pipeline).destinations.all(true).length > 0) return;
  const url = `${pipeline.runtime.outputs.WebhookUrl}/account`;
  await stripeLibrary(pipeline, 'live').webhookEndpoints.create({ url, enabled_events: ['invoice.paid'] });
}
