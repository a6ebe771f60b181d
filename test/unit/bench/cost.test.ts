import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from '#local/terminal/usage-error.ts';
import { METRICS } from '#shared/telemetry/metric-names.ts';
import { objectUnits } from '../../../bench/cost/increments.ts';
import { type Inventory, readInventory } from '../../../bench/cost/inventory.ts';
import { metricsRead } from '../../../bench/cost/metrics-read.ts';
import { metricsWritten, WRITTEN_OTHERWISE } from '../../../bench/cost/metrics-written.ts';
import { perEvent } from '../../../bench/cost/per-event.ts';
import { perIncident } from '../../../bench/cost/per-incident.ts';
import { perMonth } from '../../../bench/cost/per-month.ts';
import { originOf, readPrices } from '../../../bench/cost/prices.ts';
import { quotaUse } from '../../../bench/cost/quotas.ts';
import type { Template } from '../../../bench/cost/template-facts.ts';
import { DEFAULT_WORKLOAD } from '../../../bench/cost/workload.ts';

const folder = mkdtempSync(join(tmpdir(), 'cost-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (Resources: Template['Resources']): Inventory => readInventory([{ Resources }]);
const prices = readPrices(undefined);
const dollars = (lines: readonly { readonly dollars: number }[]) => lines.reduce((sum, line) => sum + line.dollars, 0);
/** A function as the templates have it: its service name is the same in all stages. */
const lambda = (name: string, MemorySize: number, variables = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: `x-${name}`,
    MemorySize,
    Environment: { Variables: { ...variables, POWERTOOLS_SERVICE_NAME: name } },
  },
});
const schedule = (name: string, rate: string) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: { Name: `x-${name}`, ScheduleExpression: rate },
});

const NO_READS = { idle: 0, perDomain: 0, ofSubscriber: 0 };
const FACTS = { prices, accountConcurrency: 1_000 };

describe('the inventory of what costs money', () => {
  it('refuses a resource type that nobody has decided the price of', () => {
    expect(() => read({ Cluster: { Type: 'AWS::Redshift::Cluster' } })).toThrow(/AWS::Redshift::Cluster/);
  });

  it('counts an alarm once for each metric it looks at, and a schedule by its times a month', () => {
    const formula = { Metrics: [{ Expression: 'a + b' }, { MetricStat: {} }, { MetricStat: {} }] };

    const inventory = read({
      Plain: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'x' } },
      Formula: { Type: 'AWS::CloudWatch::Alarm', Properties: formula },
      Check: lambda('delivery-check', 256),
      Schedule: schedule('delivery-check', 'rate(2 hours)'),
      Other: schedule('other', 'rate(15 minutes)'),
    });

    expect(inventory).toMatchObject({ alarmMetrics: 3, scheduled: { 'delivery-check': 360, 'x-other': 2880 } });
  });

  it('tells the ingress from that of the partner bus, whatever their order', () => {
    const { functions } = read({ P: lambda('partner-ingress', 256), I: lambda('ingress', 512) });

    expect(functions).toEqual({ 'partner-ingress': 256, ingress: 512 });
  });

  it('names what the list of prices says nothing of', () => {
    expect(read({ Mail: { Type: 'AWS::SNS::Subscription' } }).unpriced).toEqual([expect.stringContaining('SNS bills')]);
  });
});

describe('the bill', () => {
  it('grows with the memory of a function, the subscribers and the size of an event, and falls with full batches', () => {
    const [small, large] = [512, 1024].map((MemorySize) =>
      read({ I: lambda('ingress', MemorySize, { INLINE_LIMIT: '240000' }) }),
    );
    if (small === undefined || large === undefined) throw new Error('unreachable');
    const bill = (inventory: Inventory, changed = {}) =>
      dollars(perEvent(inventory, prices, { ...DEFAULT_WORKLOAD, ...changed }));

    expect(bill(large)).toBeGreaterThan(bill(small));
    expect(bill(small, { subscribers: 1 })).toBeGreaterThan(bill(small));
    expect(bill(small, { eventKb: 65 })).toBeGreaterThan(bill(small) + prices.eventBridgeEvent);
    expect(bill(small, { batch: 1 })).toBeGreaterThan(bill(small));
    // A second publication and a second pair of ledger writes, at least.
    expect(bill(small, { thinShare: 1 })).toBeGreaterThan(
      bill(small) + prices.eventBridgeEvent + 2 * prices.dynamoDbWriteUnit,
    );
  });

  it('has a request of Stripe, a write and a delivery more where present states are asked for', () => {
    const [event, latest] = ['event', 'latest'].map((FRESHNESS) =>
      read({ H: lambda('handler-tax', 256, { FRESHNESS, PROJECTION: '"full"' }), R: lambda('resolver', 256) }),
    );
    if (event === undefined || latest === undefined) throw new Error('unreachable');
    const bill = (inventory: Inventory) => dollars(perEvent(inventory, prices, DEFAULT_WORKLOAD));

    const least = objectUnits(DEFAULT_WORKLOAD.eventKb).written * prices.dynamoDbWriteUnit + 2 * prices.sqsRequest;
    expect(bill(latest)).toBeGreaterThan(bill(event) + least);
  });

  it("has a second arrival of each event that also comes over Stripe's partner bus", () => {
    const inventory = read({ P: lambda('partner-ingress', 256), I: lambda('ingress', 512) });
    const bill = (byPartnerBus: number) => dollars(perEvent(inventory, prices, { ...DEFAULT_WORKLOAD, byPartnerBus }));

    const least = prices.eventBridgePartnerEvent + prices.dynamoDbWriteUnit + prices.sqsRequest;
    expect(bill(1)).toBeGreaterThan(bill(0) + least);
  });

  it('has the bucket, and one chunk on the bus, for an event above the limit of the ingress', () => {
    const load = { ...DEFAULT_WORKLOAD, eventKb: 200 };
    const of = (limit: string, what: string) =>
      perEvent(read({ I: lambda('ingress', 512, { INLINE_LIMIT: limit }) }), prices, load).find(
        (line) => line.what === what,
      )?.dollars;

    expect(of('240000', 'bus, PutEvents')).toBeCloseTo(4 * prices.eventBridgeEvent, 12);
    expect(of('240000', 'bucket, put and read')).toBeUndefined();
    expect(of('64000', 'bus, PutEvents')).toBeCloseTo(prices.eventBridgeEvent, 12);
    expect(of('64000', 'bucket, put and read')).toBeCloseTo(prices.s3Put + prices.s3Get, 12);
  });

  it('has the polls of every queue, whether or not an event comes', () => {
    const mapping = { Type: 'AWS::Lambda::EventSourceMapping' };
    const [one, two] = [read({ A: mapping }), read({ A: mapping, B: mapping })].map((inventory) =>
      dollars(perMonth(inventory, NO_READS, prices, DEFAULT_WORKLOAD).filter(({ when }) => when === 'idle')),
    );

    // Five polls of 20 s, a month long, at $0.40 a million.
    expect((two ?? 0) - (one ?? 0)).toBeCloseTo(0.2592, 4);
  });

  it('has what subscribers cost while no event comes, each of them', () => {
    const idle = (subscribers: number) =>
      dollars(
        perMonth(read({}), { ...NO_READS, ofSubscriber: 0.5 }, prices, { ...DEFAULT_WORKLOAD, subscribers }).filter(
          ({ when }) => when === 'idle',
        ),
      );

    expect(idle(3) - idle(0)).toBeCloseTo(1.5);
  });

  it('has what the delivery check reads of a quiet stage, and more only for domains that have events', async () => {
    const HANDLED_DOMAINS = ['fraud', 'tax', 'unrecognized'];
    const Variables = {
      STAGE: 'x',
      DESTINATIONS: '["account"]',
      AUTHORIZERS: '[]',
      PARTNER_SOURCES: '[]',
      HANDLED_DOMAINS: JSON.stringify(HANDLED_DOMAINS),
      QUEUE_OWNERS: JSON.stringify([...HANDLED_DOMAINS, 'thin']),
      ARCHIVE_ARN: 'arn:archive',
    };
    const inventory = read({
      Check: lambda('delivery-check', 256, Variables),
      Schedule: schedule('delivery-check', 'rate(1 days)'),
    });
    if (inventory.deliveryCheck === undefined) throw new Error('unreachable');
    const reads = await metricsRead(inventory.deliveryCheck);
    const line = (what: RegExp) =>
      perMonth(inventory, { ...reads, ofSubscriber: 0 }, prices, { ...DEFAULT_WORKLOAD, domains: 2 }).find((one) =>
        what.test(one.what),
      )?.dollars;

    // 74 rules, four counts of what came in, two ages of four queues; of a domain counts and depths.
    expect(reads.idle).toBe(74 + 4 + 8);
    expect(reads.perDomain).toBeGreaterThanOrEqual(6);
    expect(line(/check reads$/)).toBeCloseTo(30 * reads.idle * prices.metricRead);
    expect(line(/reads of 2 domains$/)).toBeCloseTo(30 * 2 * reads.perDomain * prices.metricRead);
  });

  it('has what a failed try, a message and a redrive cost, each more than what is sure of it', () => {
    const lines = perIncident(read({ H: lambda('handler-tax', 256) }), prices, DEFAULT_WORKLOAD);
    const [message, failure, redrive, replay] = lines.map((line) => line.dollars);

    expect(message).toBeCloseTo(prices.snsPublish + prices.kmsCall, 12);
    expect(failure).toBeGreaterThan(prices.dynamoDbWriteUnit + prices.sqsRequest);
    expect(redrive).toBeGreaterThan(3 * prices.sqsRequest);
    expect(replay).toBeGreaterThan(prices.eventBridgeEvent);
  });

  it('names the throttle of the API first when a billion events come in a month, as high as the stage has it', () => {
    const stage = (ThrottlingRateLimit: number) =>
      read({
        Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { DefaultRouteSettings: { ThrottlingRateLimit } } },
        Handler: lambda('handler-tax', 256),
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { FunctionName: { Ref: 'Handler' }, ScalingConfig: { MaximumConcurrency: 40 } },
        },
      });
    const load = { ...DEFAULT_WORKLOAD, eventsPerMonth: 1e9 };
    const [first, ...others] = quotaUse(stage(500), load, FACTS);
    const [higher] = quotaUse(stage(5_000), load, FACTS);

    expect(first?.what).toBe('throttle of the API stage, 500 requests/s');
    expect(first?.used).toBeGreaterThan(1);
    expect(others.map(({ what }) => what)).toContainEqual(expect.stringContaining('one handler, 40'));
    expect(higher?.what).not.toContain('throttle');
  });
});

describe('what is billed in increments', () => {
  const inventory = read({
    I: lambda('ingress', 512, { INLINE_LIMIT: '240000' }),
    A: lambda('authorizer', 1024),
    H: lambda('handler-tax', 256, { PROJECTION: '"full"' }),
  });
  const line = (what: string, changed = {}) =>
    perEvent(inventory, prices, { ...DEFAULT_WORKLOAD, duplicates: 0, ...changed }).find((one) => one.what === what)
      ?.dollars ?? Number.NaN;

  it.each([
    [4, 1],
    [512, 1],
    [513, 2],
    [4_000, 8],
  ])('is a request to the API of %d KB as %d', (eventKb, times) => {
    expect(line('HTTP API, a request', { eventKb })).toBeCloseTo(times * prices.httpApiRequest, 12);
    expect(line('HTTP API and authorizer, a request', { eventKb, authorizations: 1 })).toBeCloseTo(
      times * prices.httpApiRequest + prices.lambdaRequest,
      12,
    );
  });

  it.each([
    [4, 1],
    [64, 1],
    [65, 2],
    [240, 4],
    // A reference to the bucket.
    [241, 1],
  ])('is an event of %d KB on the bus as %d', (eventKb, times) => {
    expect(line('bus, PutEvents', { eventKb })).toBeCloseTo(times * prices.eventBridgeEvent, 12);
  });

  it.each([
    ['small ones together', 4, 10, 1 + 1 / 10 + 1 / 10],
    ['those of which each fills a part of an increment', 20, 10, 1 + 4 / 10 + 1 / 10],
    ['large ones', 200, 10, 4 + 32 / 10 + 1 / 10],
    ['large ones by themselves', 200, 1, 4 + 4 + 1],
  ])('are messages that are sent alone, received in batches and deleted: %s', (_, eventKb, batch, times) => {
    expect(line('queue: send, receive, delete', { eventKb, batch })).toBeCloseTo(times * prices.sqsRequest, 12);
  });

  it.each([
    ['of 4 KB as that of the examples', 4, 2.2],
    ['by each KB', 201.8, 200],
    ['in the bucket as one unit', 1_000, 1],
  ])('is the row of an object %s', (_, eventKb, units) => {
    const inBucket = eventKb > 300 ? prices.s3Put : 0;
    expect(line('objects table, write', { eventKb })).toBeCloseTo(units * prices.dynamoDbWriteUnit + inBucket, 12);
    expect(line('objects table, read before write', { eventKb })).toBeCloseTo(
      Math.ceil(units / 4) * prices.dynamoDbReadUnit,
      12,
    );
  });
});

describe('the reconciler on the bill', () => {
  const stage = (name: string) => read({ R: lambda(name, 256), S: schedule(name, 'rate(5 minutes)') });
  const ofReconciler = (lines: readonly { readonly what: string; readonly dollars: number }[]) =>
    dollars(lines.filter(({ what }) => what.startsWith('reconciler,')));

  it('looks at each event in three rounds, at half a unit each and a part of a page of a hundred', () => {
    const looks = ofReconciler(perEvent(stage('reconciler'), prices, DEFAULT_WORKLOAD));

    expect(looks).toBeGreaterThan(3 * (prices.dynamoDbReadUnit / 2 + prices.dynamoDbWriteUnit / 100));
    expect(looks).toBeLessThan(3 * prices.dynamoDbReadUnit);
    expect(ofReconciler(perEvent(stage('other'), prices, DEFAULT_WORKLOAD))).toBe(0);
  });

  it('notes every hour how far each list is, those of connected accounts too', () => {
    const lists = (connectedAccounts: number) =>
      ofReconciler(perMonth(stage('reconciler'), NO_READS, prices, { ...DEFAULT_WORKLOAD, connectedAccounts }));

    expect(lists(0)).toBeGreaterThan(3 * 720 * 2 * prices.dynamoDbWriteUnit);
    expect(lists(3)).toBeCloseTo(2 * lists(0), 9);
  });
});

describe('the metrics on the bill', () => {
  const everything = { projecting: 1, refreshing: 1, scheduled: { reconciler: 720 } };
  const dollarsOf = (inventory: Inventory, changed = {}) =>
    dollars(
      perMonth(inventory, NO_READS, prices, { ...DEFAULT_WORKLOAD, ...changed }).filter(({ what }) =>
        /^\d+ metrics? of/.test(what),
      ),
    );

  it('are each either one that is written while all is well, or one of which it is said when it is written', () => {
    const load = { ...DEFAULT_WORKLOAD, byPartnerBus: 1, authorizations: 0.1, thinShare: 0.1 };
    const usual = metricsWritten(everything, load).flatMap(({ names }) => names);

    const plain = METRICS.filter((name) => !name.includes('_'));
    expect(new Set([...usual, ...Object.keys(WRITTEN_OTHERWISE)])).toEqual(new Set(plain));
    expect(usual.filter((name) => name in WRITTEN_OTHERWISE)).toEqual([]);
  });

  it('are more with each domain and destination, by $0.30 for each name', () => {
    const inventory = read({ H: lambda('handler-tax', 256, { PROJECTION: '"full"' }) });
    const more = (changed: object) => dollarsOf(inventory, changed) - dollarsOf(inventory);

    expect(more({ domains: DEFAULT_WORKLOAD.domains + 1 })).toBeCloseTo(1.2);
    expect(more({ destinations: DEFAULT_WORKLOAD.destinations + 1 })).toBeCloseTo(0.9);
    expect(more({ byPartnerBus: 1 })).toBeCloseTo(0.9);
    expect(more({ authorizations: 0.5 })).toBeCloseTo(1.5);
    expect(more({ thinShare: 0.5 })).toBeCloseTo(1.5);
  });

  it('are fewer without projections, and more where present states are asked for', () => {
    const [event, latest, off] = [
      { PROJECTION: '"full"' },
      { PROJECTION: '"full"', FRESHNESS: 'latest' },
      { PROJECTION: '"off"' },
    ].map((variables) => dollarsOf(read({ H: lambda('handler-tax', 256, variables) })));

    const { domains } = DEFAULT_WORKLOAD;
    expect((latest ?? 0) - (event ?? 0)).toBeCloseTo(0.3 * (2 * domains + 5));
    expect((event ?? 0) - (off ?? 0)).toBeCloseTo(0.3 * domains);
  });

  it('are billed for the hours in which they can have been written', () => {
    const inventory = read({ H: lambda('handler-tax', 256, { PROJECTION: '"full"' }) });
    const once = dollarsOf(inventory, { eventsPerMonth: 1, domains: 1 });

    // Seven metrics, in one hour of 720.
    expect(once).toBeCloseTo((7 * prices.customMetricMonth) / 720, 9);
  });

  it('are one without any event: what the reconciler asks of Stripe every hour', () => {
    const idle = (name: string) =>
      perMonth(
        read({ R: lambda(name, 256), S: schedule(name, 'rate(5 minutes)') }),
        NO_READS,
        prices,
        DEFAULT_WORKLOAD,
      ).filter(({ what, when }) => /^\d+ metrics? of/.test(what) && when === 'idle');

    expect(idle('reconciler')).toMatchObject([{ dollars: prices.customMetricMonth }]);
    expect(idle('other')).toEqual([]);
  });
});

describe('the quotas', () => {
  const usedOf = (what: RegExp, facts: Parameters<typeof quotaUse>[2]) =>
    quotaUse(read({}), { ...DEFAULT_WORKLOAD, eventsPerMonth: 1e9 }, facts).find((one) => what.test(one.what));

  it('are those of the Region whose prices are given', () => {
    const quotas = { ...prices.quotas, putEventsPerSecond: 2_400 };
    const facts = { prices: { region: 'us-east-2', quotas }, accountConcurrency: 1_000 };

    expect(usedOf(/^PutEvents/, FACTS)?.what).toBe('PutEvents, 10,000/s in us-east-1 (600 to 2,400 elsewhere)');
    expect(usedOf(/^PutEvents/, facts)?.what).toContain('2,400/s in us-east-2');
    expect(usedOf(/^PutEvents/, facts)?.used).toBeCloseTo(((usedOf(/^PutEvents/, FACTS)?.used ?? 0) * 10_000) / 2_400);
  });

  it("are the account's requests to APIs, where the stage lets more through", () => {
    const facts = { prices: { region: 'il-central-1', quotas: { ...prices.quotas, apiRequestsPerSecond: 2_500 } } };
    const ofStage = read({
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { DefaultRouteSettings: { ThrottlingRateLimit: 5_000 } },
      },
    });
    const load = { ...DEFAULT_WORKLOAD, eventsPerMonth: 1e9 };
    const uses = quotaUse(ofStage, load, { ...facts, accountConcurrency: 10_000 });
    const places = [/^requests to all APIs/, /^throttle/].map((what) => uses.findIndex((use) => what.test(use.what)));

    expect(uses[places[0] ?? 0]?.what).toContain('2,500/s in il-central-1');
    expect(places[0]).toBeLessThan(places[1] ?? 0);
  });

  it('are written units of large objects before those of the ledger', () => {
    const writes = (eventKb: number) =>
      quotaUse(
        read({ H: lambda('handler-tax', 256, { PROJECTION: '"full"' }) }),
        { ...DEFAULT_WORKLOAD, eventKb },
        FACTS,
      ).find(({ what }) => what.startsWith('DynamoDB'))?.used ?? 0;

    expect(writes(41.8)).toBeCloseTo(10 * writes(4));
  });

  it("are those of the account's concurrency as the stage is configured", () => {
    const [usual, small] = [1_000, 10].map((accountConcurrency) => usedOf(/^Lambda/, { prices, accountConcurrency }));

    expect(small?.what).toBe('Lambda concurrency of the account, 10');
    expect(small?.used).toBeCloseTo(100 * (usual?.used ?? 0));
  });
});

describe('the list of prices', () => {
  const everything = read({
    Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'x' } },
    Composite: { Type: 'AWS::CloudWatch::CompositeAlarm' },
    Dashboard: { Type: 'AWS::CloudWatch::Dashboard' },
    Archive: { Type: 'AWS::Events::Archive', Properties: { RetentionDays: 35 } },
    Key: { Type: 'AWS::KMS::Key' },
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } },
    Mapping: { Type: 'AWS::Lambda::EventSourceMapping' },
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: { LifecycleConfiguration: { Rules: [{ Prefix: 'events/', ExpirationInDays: 49 }] } },
    },
    Ingress: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        ...lambda('ingress', 512, { INLINE_LIMIT: '240000' }).Properties,
        TracingConfig: { Mode: 'Active' },
      },
    },
    Handler: lambda('handler-tax', 256, { PROJECTION: '"full"' }),
    Authorizer: lambda('authorizer', 1024),
    Warm: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'Authorizer' },
        ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 },
      },
    },
    Check: lambda('delivery-check', 256),
    Schedule: schedule('delivery-check', 'rate(2 hours)'),
  });
  const load = { ...DEFAULT_WORKLOAD, eventKb: 300, byPartnerBus: 1, authorizations: 0.1, foreignBuses: 1 };
  const all = (list: typeof prices) =>
    dollars([
      ...perEvent(everything, list, load),
      ...perMonth(everything, { idle: 1, perDomain: 1, ofSubscriber: 0 }, list, load),
      ...perIncident(everything, list, load),
    ]);
  const names = Object.entries(prices).flatMap(([name, price]) => (typeof price === 'number' ? [name] : []));

  it.each(names)('is used: %s is on a line', (name) => {
    expect(all({ ...prices, [name]: 1_000 })).toBeGreaterThan(all(prices));
  });
});

describe("another Region's prices", () => {
  it.each([
    ['a name that is no price', { httpRequest: 1 }, /no price/],
    ['a name that only every object has', { constructor: 1 }, /no price/],
    ['a price that is no number', { httpApiRequest: '1' }, /a number of 0 or more was expected/],
    ['a price below 0', { httpApiRequest: -1 }, /a number of 0 or more was expected/],
    ['a quota of nothing', { quotas: { putEventsPerSecond: 0 } }, /a number above 0 was expected/],
    ['a quota that is no quota', { quotas: { putEvents: 1 } }, /no price/],
    ['what is no object', [1], /was expected/],
  ])('refuse %s', (_what, given, said) => {
    const file = join(folder, 'prices.json');
    writeFileSync(file, JSON.stringify(given));

    expect(() => readPrices(file)).toThrow(said);
  });

  it('keep what they leave out', () => {
    const file = join(folder, 'prices.json');
    writeFileSync(file, JSON.stringify({ region: 'eu-central-1', sqsRequest: 5e-7 }));

    const least = { putEventsPerSecond: 600, targetInvocationsPerSecond: 750, apiRequestsPerSecond: 2_500 };
    const quotas = { ...prices.quotas, ...least };
    const theirs = readPrices(file);
    expect(theirs).toEqual({ ...prices, region: 'eu-central-1', sqsRequest: 5e-7, quotas, leftOut: theirs.leftOut });
    expect(originOf(theirs)).toMatch(/^eu-central-1, [\d-]+, but (\d+) of \d+ of us-east-1$/);
    expect(theirs.leftOut).toBe(Object.values(prices).filter((price) => typeof price === 'number').length - 1);
  });

  it('are refused where there is no such file', () => {
    expect(() => readPrices(join(folder, 'none.json'))).toThrow(UsageError);
    expect(() => readPrices(join(folder, 'none.json'))).toThrow('none.json" (ENOENT');
  });
});
