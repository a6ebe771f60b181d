import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDelivery } from '#functions/delivery-check/check-delivery.ts';
import { checkWindow } from '#functions/delivery-check/check-window.ts';
import { undelivered } from '#functions/delivery-check/undelivered.ts';
import { MetricsUnavailable } from '#shared/errors/store-errors.ts';
import type { DoneReplay, DoneReplays } from '#shared/ports/done-replays.ts';
import type { MetricQuery, TimeRange } from '#shared/ports/metric-reader.ts';

const NOW = Date.parse('2026-11-24T10:07:33Z');

/** CloudWatch as a table: `<last dimension> <metric>` → value over any range. */
async function check(
  values: Record<string, number>,
  read?: (query: MetricQuery, range: TimeRange) => number,
  replays: DoneReplays['since'] = async () => [],
) {
  const counts: Record<string, number> = {};
  const logs: Record<string, unknown>[] = [];
  const lookUp = ({ name, dimensions }: MetricQuery) => {
    // The resolver's metrics have the stage last, and no name of their own.
    const last = dimensions.service === 'resolver' ? 'resolver' : Object.values(dimensions).at(-1);
    return values[`${last} ${name}`] ?? 0;
  };
  await checkDelivery(
    {
      stage: 'dev',
      destinations: ['account', 'connect'],
      authorizers: ['cards'],
      partnerSources: [{ name: 'bridge', source: 'aws.partner/stripe.com/ed_1' }],
      handledDomains: ['fraud', 'unrecognized'],
      queueOwners: ['fraud', 'unrecognized', 'thin'],
      metrics: { read: async (queries, range) => queries.map((query) => (read ?? lookUp)(query, range)) },
      replays: { since: replays },
      telemetry: {
        count: (name, by = 1) => {
          counts[name] = (counts[name] ?? 0) + by;
        },
        countNow: () => {},
        duration: () => {},
        log: (_, message, fields) => void logs.push({ message, ...fields }),
      },
      clock: { now: () => NOW },
    },
    AbortSignal.timeout(1_000),
  );
  return { counts, logs };
}

/** Neither a line nor a metric, which would cost from the first hour on. */
const QUIET = { counts: {}, logs: [] };

describe('the delivery check', () => {
  it('says nothing of a stack that nobody has used yet', async () => {
    expect(await check({})).toEqual(QUIET);
  });

  it.each([
    ['handled', { 'fraud Handled': 5 }],
    ['skipped', { 'fraud Skipped': 5 }],
    ['parked', { 'fraud Parked': 5 }],
    ['in the queue', { 'stripe-fanout-dev-fraud ApproximateNumberOfMessagesVisible': 5 }],
    [
      'with the handler or waiting for the next try',
      { 'stripe-fanout-dev-fraud ApproximateNumberOfMessagesNotVisible': 5 },
    ],
    ['in the DLQ', { 'stripe-fanout-dev-fraud-dlq ApproximateNumberOfMessagesVisible': 5 }],
  ])('is content with events that are %s', async (_, found) => {
    expect(await check({ 'stripe-fanout-dev-Review MatchedEvents': 5, ...found })).toEqual(QUIET);
  });

  it('counts what was published and is nowhere, and names the command that brings it back', async () => {
    const { counts, logs } = await check({
      'stripe-fanout-dev-Review MatchedEvents': 4,
      'stripe-fanout-dev-Radar MatchedEvents': 6,
      'fraud Handled': 7,
      'stripe-fanout-dev-fraud ApproximateNumberOfMessagesVisible': 1,
    });

    expect(counts.Undelivered).toBe(2);
    expect(logs).toEqual([
      {
        message: 'published but not delivered',
        of: 'fraud',
        published: 10,
        settled: 7,
        waiting: 1,
        deadLetters: 0,
        undelivered: 2,
        repair: 'fanout replay --from 2026-11-23T09:50:00.000Z --to 2026-11-24T09:50:00.000Z --domain fraud',
      },
    ]);
  });

  it('counts what Stripe put on its partner bus and the partner ingress never took', async () => {
    const { counts, logs } = await check({
      'stripe-fanout-dev-Partner MatchedEvents': 9,
      'bridge Accepted': 3,
      'stripe-fanout-dev-Review MatchedEvents': 3,
      'fraud Handled': 3,
      'bridge Duplicate': 1,
      'bridge Ignored': 1,
      'partner Parked': 1,
      'stripe-fanout-dev-partner ApproximateNumberOfMessagesVisible': 1,
    });

    expect(counts.Undelivered).toBe(2);
    expect(logs).toEqual([
      expect.objectContaining({
        message: 'published but not taken',
        of: 'partner',
        published: 9,
        settled: 6,
        waiting: 1,
      }),
    ]);
  });

  it.each([
    ['resolved', { 'resolver Resolved': 5, 'stripe-fanout-dev-Review MatchedEvents': 5, 'fraud Handled': 5 }],
    ['published without an object', { 'resolver ObjectMissing': 5 }],
    ['told by their snapshot twins', { 'resolver TwinSkipped': 5 }],
    ['resolved before', { 'resolver ResolveDuplicate': 5 }],
    ['parked', { 'resolver Parked': 5 }],
    ['in the queue', { 'stripe-fanout-dev-thin ApproximateNumberOfMessagesVisible': 5 }],
    ['in the DLQ', { 'stripe-fanout-dev-thin-dlq ApproximateNumberOfMessagesVisible': 5 }],
  ])('is content with notifications that are %s', async (_, found) => {
    expect(await check({ 'stripe-fanout-dev-Thin MatchedEvents': 5, ...found })).toEqual(QUIET);
  });

  it('counts notifications that the resolver never had', async () => {
    const { counts, logs } = await check({ 'stripe-fanout-dev-Thin MatchedEvents': 9, 'resolver Resolved': 7 });

    expect(counts.Undelivered).toBe(2);
    expect(logs).toEqual([
      expect.objectContaining({
        message: 'published but not resolved',
        of: 'thin',
        published: 9,
        settled: 7,
        repair:
          'fanout replay --from 2026-11-23T09:50:00.000Z --to 2026-11-24T09:50:00.000Z --rule stripe-fanout-dev-Thin',
      }),
    ]);
  });

  it('counts whole events that the resolver put on the bus and no rule matched', async () => {
    const { counts } = await check({ 'stripe-fanout-dev-Thin MatchedEvents': 40, 'resolver Resolved': 80 });

    expect(counts.Undelivered).toBe(40);
  });

  it('counts what a partner bus brought and no rule matched', async () => {
    const { counts } = await check({ 'stripe-fanout-dev-Partner MatchedEvents': 40, 'bridge Accepted': 40 });

    expect(counts.Undelivered).toBe(40);
  });

  it('counts what the ingress put on the bus and no rule matched', async () => {
    const { counts, logs } = await check({ 'account Accepted': 20, 'connect Accepted': 10, 'cards Accepted': 10 });

    expect(counts.Undelivered).toBe(40);
    expect(logs).toEqual([expect.objectContaining({ message: 'published but not routed', accepted: 40, matched: 0 })]);
  });

  it('lets tens of unmatched events pass for gaps in the metrics of EventBridge', async () => {
    expect(await check({ 'account Accepted': 10 })).toEqual(QUIET);
  });

  it.each([
    ['stripe-fanout-dev-fraud', 2, 50],
    ['stripe-fanout-dev-fraud-dlq', 7, 50],
    ['stripe-fanout-dev-thin', 3, 75],
  ])('says how much of the retention of %s is used after %d days', async (queue, days, percent) => {
    const { counts, logs } = await check({ [`${queue} ApproximateAgeOfOldestMessage`]: days * 24 * 60 * 60 });

    expect(counts.RetentionUsedPercent).toBe(percent);
    expect(logs).toEqual([{ message: 'messages expire soon', queue, percent }]);
  });

  it('reads no metric twice, and of a domain to which nothing was published only the age of its messages', async () => {
    const read: string[] = [];

    await check({}, ({ name, dimensions }) => {
      read.push(`${name} ${JSON.stringify(dimensions)}`);
      return name === 'MatchedEvents' && dimensions.RuleName === 'stripe-fanout-dev-Review' ? 1 : 0;
    });

    expect(new Set(read).size).toBe(read.length);
    expect(read.filter((one) => one.startsWith('Handled'))).toEqual([expect.stringContaining('"fraud"')]);
    expect(read.filter((one) => one.includes('Age') && one.includes('unrecognized'))).toHaveLength(2);
  });

  it('writes nothing of messages that have more than half of their time left', async () => {
    expect(await check({ 'stripe-fanout-dev-fraud ApproximateAgeOfOldestMessage': 1.9 * 24 * 60 * 60 })).toEqual(QUIET);
  });

  it('writes no metric when CloudWatch does not answer, so that nothing looks well', async () => {
    const fails = () => {
      throw new MetricsUnavailable('no answer');
    };

    await expect(check({}, fails)).rejects.toThrow(MetricsUnavailable);
  });
});

describe('what was lost and then replayed', () => {
  const [FROM, TO] = [Date.parse('2026-11-23T09:50:00Z'), Date.parse('2026-11-24T09:50:00Z')];
  const MET = ['stripe-fanout-dev-Review', 'stripe-fanout-dev-Radar'];
  /** Five matched and two of them lost in the first half of the day; later `again` were matched and handled. */
  const halves =
    (again: { matched: number; handled: number }) =>
    (query: MetricQuery, { from, to }: TimeRange) => {
      const noon = (FROM + TO) / 2;
      const [first, second] = [from.getTime() < noon, to.getTime() > noon];
      if (query.name === 'MatchedEvents' && query.dimensions.RuleName === MET[0]) {
        return (first ? 5 : 0) + (second ? again.matched : 0);
      }
      if (query.name !== 'Handled' || query.dimensions.domain !== 'fraud') return 0;
      return (first ? 3 : 0) + (second ? again.handled : 0);
    };
  const replay = (change: Partial<DoneReplay> = {}) => [
    { rules: MET, from: FROM - 7_200_000, to: Date.parse('2026-11-24T06:03:00Z'), ...change },
  ];

  it('is repaired once the replay has delivered it: only what came after its events is compared', async () => {
    let asked: Date | undefined;
    const ranges: string[] = [];
    const look = halves({ matched: 5, handled: 5 });
    const found = await check(
      {},
      (query, range) => {
        if (query.name === 'Handled') ranges.push(range.from.toISOString());
        return look(query, range);
      },
      async (moment) => {
        asked = moment;
        return replay();
      },
    );

    expect(found).toEqual(QUIET);
    expect(asked).toEqual(new Date(FROM));
    expect(ranges).toEqual(['2026-11-23T09:50:00.000Z', '2026-11-24T06:00:00.000Z']);
  });

  it('is lost again when the replay too reached nobody', async () => {
    const found = await check({}, halves({ matched: 5, handled: 0 }), async () => replay());

    expect(found.counts.Undelivered).toBe(5);
    expect(found.logs).toMatchObject([{ of: 'fraud', published: 5, settled: 0 }]);
  });

  it.each<[string, Partial<DoneReplay>]>([
    ['began after the start of the day', { from: FROM + 1 }],
    ['left a rule of the domain out', { rules: MET.slice(0, 1) }],
    ['ended before the day', { to: FROM - 1 }],
  ])('stays lost when the replay %s', async (_, change) => {
    const found = await check({}, halves({ matched: 0, handled: 0 }), async () => replay(change));

    expect(found.counts.Undelivered).toBe(2);
  });

  it('is over when all of the day was replayed, to all rules', async () => {
    const all = await check({}, halves({ matched: 0, handled: 0 }), async () => replay({ rules: undefined, to: TO }));

    expect(all).toEqual(QUIET);
  });

  it.each([
    ['to all rules', undefined, 0],
    ['to one domain only', MET, 40],
  ])('is routed again once it was replayed %s', async (_, rules, left) => {
    const noon = (FROM + TO) / 2;
    // Forty were accepted in the morning, and no rule was there.
    const look = ({ name, dimensions }: MetricQuery, { from }: TimeRange) =>
      name === 'Accepted' && dimensions.destination === 'account' && from.getTime() < noon ? 40 : 0;

    const { counts } = await check({}, look, async () => replay({ rules, to: noon + 600_000 }));

    expect(counts.Undelivered ?? 0).toBe(left);
  });

  it('is nobody’s question while nothing is missing', async () => {
    const never = () => Promise.reject(new Error('nobody was to ask'));

    expect(await check({ 'stripe-fanout-dev-Review MatchedEvents': 5, 'fraud Handled': 5 }, undefined, never)).toEqual(
      QUIET,
    );
  });
});

describe('the window', () => {
  it('ends a quarter of an hour ago, on a whole five minutes', () => {
    const { published, accepted, settled, waiting } = checkWindow(NOW);

    expect(published).toEqual({ from: new Date('2026-11-23T09:50:00Z'), to: new Date('2026-11-24T09:50:00Z') });
    expect(accepted).toEqual({ from: new Date('2026-11-23T09:55:00Z'), to: new Date('2026-11-24T09:45:00Z') });
    expect(settled).toEqual({ from: published.from, to: new Date('2026-11-24T09:55:00Z') });
    expect(waiting).toEqual({ from: published.to, to: new Date('2026-11-24T10:05:00Z') });
  });
});

describe('a tally', () => {
  const count = fc.nat(100_000);

  it('never calls lost what it finds somewhere', () => {
    fc.assert(
      fc.property(count, count, count, (settled, waiting, deadLetters) => {
        const published = settled + waiting + deadLetters;

        expect(undelivered({ published, settled, waiting, deadLetters })).toBe(0);
      }),
    );
  });

  it('misses no loss of more than one in a thousand', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0.0011, max: 1, noNaN: true }),
        (published, share) => {
          const lost = Math.ceil(published * share);

          expect(undelivered({ published, settled: published - lost, waiting: 0, deadLetters: 0 })).toBe(lost);
        },
      ),
    );
  });
});
