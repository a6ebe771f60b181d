import { EventBridgeClient, PutPartnerEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { queueName, reconcilerName, resolverName } from '#shared/naming/resource-names.ts';
import { sampleObject } from '#shared/samples/sample-object.ts';
import type { Inventory } from '../../bench/cost/inventory.ts';
import { metricsWritten } from '../../bench/cost/metrics-written.ts';
import { DEFAULT_WORKLOAD } from '../../bench/cost/workload.ts';
import { invoke } from './invoke.ts';
import { metricsIn, type WrittenMetric } from './metrics-in.ts';
import { PARTNER_SOURCE, STAGE_OF_OPTIONS } from './stage-of-options.ts';
import { fresh, startPipeline, stripeBeside } from './start-pipeline.ts';
import { synthesizeStage } from './synthesize-stage.ts';

/** Unix seconds: long enough ago for an answer of now to be newer. */
const PAST = Math.floor(Date.now() / 1000) - 60;

const written: WrittenMetric[] = [];
let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  const assembly = synthesizeStage({ ...STAGE_OF_OPTIONS, domains: { billing: { freshness: 'latest' } } });
  pipeline = await startPipeline(assembly, { log: (_, line) => void written.push(...metricsIn(line)) });
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** A metric by who writes it and its name: `handler Handled`. */
const nameOf = ({ name, dimensions }: WrittenMetric) =>
  `${dimensions.service?.replace(/^handler-.*/, 'handler')} ${name}`;
/** What a busy machine writes too: a card's two seconds are few there, and calls are repeated. */
const OF_LATENESS = /^authorizer (FellBack|CopyMissed)$| PublishRetried$/;

async function sendTwice(send: () => unknown) {
  await send();
  await pipeline.runtime.settled();
  await send();
  await pipeline.runtime.settled();
}

async function useCards() {
  for (const amount of [700, 500])
    await stripeBeside(pipeline).cards.use({ amount, card: 'ic_metrics', cardMetadata: { monthly_limit: '1000' } });
}

/** Two changes of one object that the resolver finds waiting: of one told thin, and of one whose domain wants the latest. */
async function tellWhileTheResolverRests() {
  const object = (type: string, kind: string) => sampleObject(type, kind, { seed: 'metrics', livemode: false }).object;
  const [product, invoice] = [object('product.updated', 'product'), object('invoice.updated', 'invoice')];
  pipeline.runtime.setPolling(resolverName('dev'), false);
  for (const [before, type] of ['invoice.payment_failed', 'invoice.updated'].entries()) {
    stripeBeside(pipeline).emit({ type, object: invoice, created: PAST + 20 * before });
    stripeBeside(pipeline).emit({ type: 'v1.product.updated', style: 'thin', object: product });
    await expect.poll(waiting).toEqual([before + 1, before + 1]);
  }
  pipeline.runtime.setPolling(resolverName('dev'), true);
  await pipeline.runtime.settled();
}

const waiting = () =>
  (['thin', 'refresh'] as const).map((owner) => pipeline.runtime.queueDepths()[queueName('dev', owner)]?.visible);

it('the metrics of a stage with every option, on which all is well, are those on the bill', async () => {
  const bus = new EventBridgeClient(pipeline.aws);
  const own = fresh('charge.succeeded');
  const partner = fresh('charge.succeeded');
  const entry = { Source: PARTNER_SOURCE, DetailType: partner.type, Detail: JSON.stringify(partner) };

  await sendTwice(() => pipeline.send(own));
  await sendTwice(() => bus.send(new PutPartnerEventsCommand({ Entries: [entry] })));
  await useCards();
  await tellWhileTheResolverRests();
  await invoke(pipeline, reconcilerName('dev'));
  bus.destroy();

  const stage = { projecting: 1, refreshing: 1, scheduled: { reconciler: 1 } } satisfies Partial<Inventory>;
  const load = { ...DEFAULT_WORKLOAD, byPartnerBus: 1, authorizations: 0.1, thinShare: 0.1 };
  const billed = metricsWritten(stage, load).flatMap(({ service, names }) => names.map((name) => `${service} ${name}`));
  const found = new Set(written.map(nameOf).filter((name) => !OF_LATENESS.test(name)));
  expect([...found].toSorted()).toEqual(billed.toSorted());
});
