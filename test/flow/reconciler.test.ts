import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emission } from '#local/stripe/emit/emission.ts';
import { GENERATION_FAILURE } from '#shared/destinations/wanted-types.ts';
import { destinationCheckName, reconcilerName } from '#shared/naming/resource-names.ts';
import { sampleObject } from '#shared/samples/sample-object.ts';
import { counted } from './fill-dlq.ts';
import { invoke } from './invoke.ts';
import { cli, cliJson } from './run-cli.ts';
import { startPipeline, stripeBeside, stripeLibrary } from './start-pipeline.ts';

const RECONCILER = reconcilerName('dev');
const HOUR_S = 3_600;
const APPLY = ['destinations', 'apply', '--yes', '--settle-seconds', '0'];

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
const lines: { readonly name: string; readonly line: string }[] = [];
beforeAll(async () => {
  pipeline = await startPipeline('cdk.out', { log: (name, line) => void lines.push({ name, line }) });
  await cli(pipeline, ...APPLY);
  await pipeline.runtime.killWorkers('stripe-fanout-dev-ingress');
  // As if all of it had been set up yesterday.
  for (const one of stripe().destinations.all(false))
    Object.assign(one, { createdMs: Date.now() - 24 * HOUR_S * 1_000 });
});
afterAll(() => pipeline[Symbol.asyncDispose]());

const stripe = () => stripeBeside(pipeline);

const saidBy = (name: string, message: string) =>
  lines
    .filter((one) => one.name === name && one.line.includes(`"message":"${message}"`))
    .map(({ line }) => JSON.parse(line));

/** Makes events in the past, evenly over an hour that ended half an hour ago. @returns their ids */
function arise(
  count: number,
  emission: Pick<Emission, 'type' | 'account' | 'style'> = { type: 'climate.product.created' },
) {
  const now = Math.floor(Date.now() / 1_000);
  return Array.from({ length: count }, (_, n) => now - 1.5 * HOUR_S + Math.floor((n * HOUR_S) / count)).flatMap(
    (created) =>
      stripe()
        .emit({ ...emission, created })
        .map(({ id }) => id),
  );
}

/** What Stripe lists and the ledger has no "done" for: the comparison, made once more and by other means. */
async function missingAtStripe(listed: AsyncIterable<{ id: string }>): Promise<{ looked: number; missing: string[] }> {
  const client = new DynamoDBClient(pipeline.aws);
  const ids: string[] = [];
  for await (const { id } of listed) ids.push(id);
  const done = new Set<string | undefined>();
  const table = pipeline.runtime.outputs.LedgerTableName ?? '';
  for (let start = 0; start < ids.length; start += 100) {
    const Keys = ids.slice(start, start + 100).map((id) => ({ event: { S: id }, stage: { S: 'publish' } }));
    const { Responses } = await client.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys } } }));
    for (const row of Responses?.[table] ?? []) if (row.status?.S === 'done') done.add(row.event?.S);
  }
  client.destroy();
  return { looked: ids.length, missing: ids.filter((id) => !done.has(id)) };
}

const timesOnBus = (ids: readonly string[]) => ids.map((id) => pipeline.published(id).length);

describe('a destination that was disabled for an hour', () => {
  it(
    'is noticed, enabled again, and reconciled until none of Stripe’s events is missing',
    async () => {
      const count = counted(120, 5_000);
      const snapshots = stripe().destinations.all(false)[0];
      arise(5);
      await expect.poll(() => stripe().deliveries()).toMatchObject({ pending: 0 });
      await stripeLibrary(pipeline, 'test').v2.core.eventDestinations.disable(snapshots?.id ?? '');
      const missed = arise(count);

      await invoke(pipeline, destinationCheckName('dev'));
      const { data: before } = await cliJson(pipeline, 'reconcile', '--since', '2h', '--dry-run');
      const applied = await cli(pipeline, ...APPLY);
      await invoke(pipeline, RECONCILER);
      while (saidBy(RECONCILER, 'reconciled').at(-1)?.outcome === 'more') await invoke(pipeline, RECONCILER);
      const { data: after } = await cliJson(pipeline, 'reconcile', '--since', '2h', '--dry-run');

      expect(saidBy(destinationCheckName('dev'), 'destination off')).toMatchObject([
        { slot: 'account/snapshot', repair: 'fanout destinations apply' },
      ]);
      expect(before).toMatchObject({ looked: count + 5, missing: count, published: 0 });
      expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining('1 changes were made') });
      expect(timesOnBus(missed).filter((times) => times !== 1)).toEqual([]);
      expect(after).toMatchObject({ looked: count + 5, missing: 0 });
      expect(await missingAtStripe(stripeLibrary(pipeline, 'test').events.list({ limit: 100 }))).toEqual({
        looked: count + 5,
        missing: [],
      });
      expect(
        saidBy(RECONCILER, 'gap found').reduce((sum, { missing, dryRun }) => sum + (dryRun ? 0 : missing), 0),
      ).toBe(count);
      await pipeline.runtime.settled(counted(120_000, 600_000));
      expect(missed.filter((id) => pipeline.handledBy(id).length !== 1)).toEqual([]);
    },
    counted(300_000, 1_500_000),
  );
});

describe('the command', () => {
  it(
    'fetches the events of one connected account, as theirs, with Stripe throttling and failing on the way',
    async () => {
      const account = 'acct_1Connected';
      const connected = stripe()
        .destinations.all(false)
        .filter((one) => one.eventsFrom.includes('@accounts'));
      for (const one of connected) one.changeable.status = 'disabled';
      const [id = ''] = arise(1, { type: 'climate.product.created', account });
      const thin = arise(counted(3, 250), { type: 'v1.customer.subscription.past_due', style: 'thin', account });
      for (const one of connected) one.changeable.status = 'enabled';
      for (const path of ['/v1/events', '/v2/core/events']) {
        stripe().faults.add({ path, answer: 429, retryAfter: 1, times: 2 });
        stripe().faults.add({ path, answer: 500, times: 1 });
      }

      const { code, stdout } = await cli(pipeline, 'reconcile', '--since', '2h', '--account', account);
      await pipeline.runtime.settled(counted(120_000, 300_000));

      expect({ code, stdout }).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`Published now     ${thin.length + 1}`),
      });
      expect(pipeline.published(id)).toMatchObject([{ account, fanout: { via: 'reconcile', destination: 'connect' } }]);
      // The notification, and what the resolver made of it with the context that was put in.
      expect(thin.flatMap((one) => pipeline.published(one).map(({ fanout }) => fanout))).toHaveLength(2 * thin.length);
      expect(pipeline.handledBy(thin[0] ?? '')).toEqual(['stripe-fanout-dev-handler-billing']);
    },
    counted(240_000, 600_000),
  );

  it('finds nothing missing of an account without events', async () => {
    const { code, data } = await cliJson(pipeline, 'reconcile', '--since', '2h', '--account', 'acct_1Nobody');

    expect({ code, data }).toMatchObject({ code: 0, data: { looked: 0, missing: 0, lists: 2, failed: [] } });
  });

  it.each([
    [['--since', '31d'], '30 days'],
    [['--since', '2h', '--until', '1m'], 'quarter of an hour'],
    [['--since', '10m'], 'quarter of an hour'],
    [['--since', '2h', '--account', 'someone'], 'acct_'],
    [[], '--since'],
  ])('refuses %j', async (args, says) => {
    const { code, stderr } = await cli(pipeline, 'reconcile', ...args);

    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(says) });
  });
});

describe('an event that Stripe failed to make', () => {
  it('is made up for: its object is fetched, kept, and handed to the domain as if it had come', async () => {
    const { world } = stripe();
    const object = {
      ...sampleObject('invoice.paid', 'invoice', { seed: 'lost', livemode: false }).object,
      id: 'in_lost',
    };
    world.objects.put({ livemode: false }, object);
    world.thin.add(
      { livemode: false },
      {
        id: 'evt_test_health',
        object: 'v2.core.event',
        type: GENERATION_FAILURE,
        created: new Date(Date.now() - HOUR_S * 1_000).toISOString(),
        livemode: false,
        data: {
          impact: {
            event_type: 'invoice.paid',
            related_object: { id: 'in_lost', type: 'invoice', url: '/v1/invoices/in_lost' },
          },
        },
      },
    );

    await cli(pipeline, 'reconcile', '--since', '2h');
    await pipeline.runtime.settled();

    expect(pipeline.published('evt_test_health_lost').at(-1)).toMatchObject({
      type: 'invoice.paid',
      data: { object: { id: 'in_lost' } },
      fanout: { payload: 'resolved', via: 'reconcile' },
    });
    expect(pipeline.handledBy('evt_test_health_lost')).toEqual(['stripe-fanout-dev-handler-billing']);
    expect(await pipeline.row('in_lost')).toBeDefined();
  });
});

describe('a reconciler that is killed', () => {
  it(
    'at random points ends complete, and publishes nothing twice but what is counted as maybe published',
    async () => {
      const [count, kills] = [counted(40, 600), counted(2, 20)];
      const snapshots = stripe().destinations.all(false)[0];
      if (snapshots) snapshots.changeable.status = 'disabled';
      const missed = arise(count, { type: 'climate.product.pricing_updated' });
      if (snapshots) snapshots.changeable.status = 'enabled';
      let killed = 0;
      const faults = Array.from({ length: kills }, (_, n) => ({
        service: n % 3 === 0 ? ('events' as const) : ('dynamodb' as const),
        operation: n % 3 === 0 ? 'PutEvents' : 'UpdateItem',
        match: n % 3 === 0 ? '"via\\":\\"reconcile' : n % 3 === 1 ? 'reconcile#' : ':claimedAt',
        skip: Math.floor(Math.random() * 15),
        error: n % 2 === 0 ? 'drop-answer' : 'hang',
      }));
      const arm = () => {
        const fault = faults.shift();
        if (fault === undefined) return;
        pipeline.runtime.faults.add({
          ...fault,
          onMet: () => {
            killed += 1;
            void pipeline.runtime.killWorkers(RECONCILER).then(arm);
          },
        });
      };
      arm();
      const repeatedBefore = saidRepeated();

      let { data } = await cliJson(pipeline, 'reconcile', '--since', '2h');
      while (data.error?.code === 'reconciler_fails')
        ({ data } = await cliJson(pipeline, 'reconcile', '--since', '2h'));

      expect(killed).toBeGreaterThan(0);
      const times = timesOnBus(missed);
      expect(times.filter((n) => n === 0)).toEqual([]);
      const twice = times.reduce((sum, n) => sum + n - 1, 0);
      expect(twice).toBeLessThanOrEqual(saidRepeated() - repeatedBefore);
      expect((await missingAtStripe(stripeLibrary(pipeline, 'test').events.list({ limit: 100 }))).missing).toEqual([]);
    },
    counted(240_000, 1_500_000),
  );
});

/** How often the reconciler wrote that what it publishes may be on the bus already. */
function saidRepeated(): number {
  return lines.filter(({ name, line }) => name === RECONCILER && line.includes('"PublishRepeated":1')).length;
}

describe('an account that takes thin events only', () => {
  it('reconciles with nothing published', async () => {
    await using thinOnly = await startPipeline();
    const standIn = thinOnly.runtime.stripe;
    const client = stripeLibrary(thinOnly, 'test');
    const made = await client.v2.core.eventDestinations.create({
      name: 'thin',
      type: 'webhook_endpoint',
      event_payload: 'thin',
      enabled_events: ['v1.climate.product.created'],
      webhook_endpoint: { url: `${thinOnly.runtime.outputs.WebhookUrl}/account` },
      include: ['webhook_endpoint.signing_secret'],
    });
    Object.assign(standIn?.destinations.all(false)[0] ?? {}, { secret: 'whsec_flow' });
    expect(made.id).toMatch(/^ed_/);
    const created = Math.floor(Date.now() / 1_000) - HOUR_S;
    const sent = Array.from({ length: 3 }, () =>
      standIn?.emit({ type: 'climate.product.created', style: 'both', created }),
    ).flatMap((events) => events ?? []);
    await thinOnly.runtime.settled();

    const { data } = await cliJson(thinOnly, 'reconcile', '--since', '2h');

    expect(data).toMatchObject({ outcome: 'done', looked: 3, missing: 0, published: 0, listsOf: 2 });
    expect(sent).toHaveLength(6);
  });
});
