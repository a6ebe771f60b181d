import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Inventory, readInventory } from '../../../bench/cost/inventory.ts';
import { perEvent, perMonth } from '../../../bench/cost/lines.ts';
import { metricsRead } from '../../../bench/cost/metrics-read.ts';
import { readPrices } from '../../../bench/cost/prices.ts';
import { quotaUse } from '../../../bench/cost/quotas.ts';
import { DEFAULT_WORKLOAD } from '../../../bench/cost/workload.ts';

const folder = mkdtempSync(join(tmpdir(), 'cost-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (resources: object): Inventory => {
  writeFileSync(join(folder, 'Stack.template.json'), JSON.stringify({ Resources: resources }));
  return readInventory(folder);
};
const prices = readPrices(undefined);
const dollars = (lines: readonly { readonly dollars: number }[]) => lines.reduce((sum, line) => sum + line.dollars, 0);
const ingress = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'x-ingress', MemorySize: 512 } };

const NO_READS = { idle: 0, perDomain: 0 };

describe('the inventory of what costs money', () => {
  it('refuses a resource type that nobody has decided the price of', () => {
    expect(() => read({ Cluster: { Type: 'AWS::Redshift::Cluster' } })).toThrow(/AWS::Redshift::Cluster/);
  });

  it('counts an alarm once for each metric it looks at, and a schedule by its times a month', () => {
    const formula = { Metrics: [{ Expression: 'a + b' }, { MetricStat: {} }, { MetricStat: {} }] };

    const inventory = read({
      Plain: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'x' } },
      Formula: { Type: 'AWS::CloudWatch::Alarm', Properties: formula },
      Check: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: { Name: 'x-delivery-check', ScheduleExpression: 'rate(2 hours)' },
      },
      Other: { Type: 'AWS::Scheduler::Schedule', Properties: { Name: 'x', ScheduleExpression: 'rate(15 minutes)' } },
    });

    expect(inventory).toMatchObject({ alarmMetrics: 3, scheduledInvocations: 360 + 2880, deliveryChecks: 360 });
  });

  it('says what to do where there are no templates', () => {
    expect(() => readInventory(join(folder, 'nothing'))).toThrow(/npm run synth/);
  });
});

describe('the bill', () => {
  it('grows with the memory of a function, the subscribers and the size of an event, and falls with full batches', () => {
    const [small, large] = [512, 1024].map((MemorySize) =>
      read({ I: { ...ingress, Properties: { ...ingress.Properties, MemorySize } } }),
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

  it('has the polls of every queue, whether or not an event comes', () => {
    const mapping = { Type: 'AWS::Lambda::EventSourceMapping' };
    const [one, two] = [read({ A: mapping }), read({ A: mapping, B: mapping })].map((inventory) =>
      dollars(perMonth(inventory, NO_READS, prices, DEFAULT_WORKLOAD).filter(({ when }) => when === 'idle')),
    );

    // Five polls of 20 s, a month long, at $0.40 a million.
    expect((two ?? 0) - (one ?? 0)).toBeCloseTo(0.2592, 4);
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
      Check: {
        Type: 'AWS::Lambda::Function',
        Properties: { FunctionName: 'x-delivery-check', Environment: { Variables } },
      },
      Schedule: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: { Name: 'x-delivery-check', ScheduleExpression: 'rate(1 days)' },
      },
    });
    if (inventory.deliveryCheck === undefined) throw new Error('unreachable');
    const reads = await metricsRead(inventory.deliveryCheck);
    const line = (what: RegExp) =>
      perMonth(inventory, reads, prices, { ...DEFAULT_WORKLOAD, domains: 2 }).find((one) => what.test(one.what))
        ?.dollars;

    // 74 rules, four counts of what came in, two ages of four queues; of a domain counts and depths.
    expect(reads.idle).toBe(74 + 4 + 8);
    expect(reads.perDomain).toBeGreaterThanOrEqual(6);
    expect(line(/check reads$/)).toBeCloseTo(30 * reads.idle * prices.metricRead);
    expect(line(/reads of 2 domains/)).toBeCloseTo(30 * 2 * reads.perDomain * prices.metricRead);
  });

  it('names the throttle of the API first when a billion events come in a month', () => {
    const [first] = quotaUse(read({ I: ingress }), { ...DEFAULT_WORKLOAD, eventsPerMonth: 1e9 });

    expect(first?.what).toMatch(/throttle of the API stage/);
    expect(first?.used).toBeGreaterThan(1);
  });
});

describe("another Region's prices", () => {
  it.each([
    ['a name that is no price', { httpRequest: 1 }, /no price/],
    ['a price that is no number', { httpApiRequest: '1' }, /a number was expected/],
  ])('refuse %s', (_what, given, said) => {
    const file = join(folder, 'prices.json');
    writeFileSync(file, JSON.stringify(given));

    expect(() => readPrices(file)).toThrow(said);
  });

  it('keep what they leave out', () => {
    const file = join(folder, 'prices.json');
    writeFileSync(file, JSON.stringify({ region: 'eu-central-1', sqsRequest: 5e-7 }));

    expect(readPrices(file)).toEqual({ ...prices, region: 'eu-central-1', sqsRequest: 5e-7 });
  });
});
