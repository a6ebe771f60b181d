import { describe, expect, it } from 'vitest';
import { API_VERSION, HOUR, reconcilerWorld } from './reconciler-fakes.ts';

const THIN = [{ name: 'account', mode: 'both', payload: 'thin', accounts: 'own' }] as const;
const CONNECT = [
  { name: 'account', mode: 'both', payload: 'snapshot', accounts: 'own' },
  { name: 'connect', mode: 'both', payload: 'either', accounts: 'connected' },
] as const;

/** A world whose wanted destinations are all at Stripe. */
async function connected(options: Parameters<typeof reconcilerWorld>[0] = {}) {
  const world = await reconcilerWorld(options);
  for (const one of world.wanted) await world.connect(one);
  return world;
}

describe('an event of Stripe’s list that is not in the ledger', () => {
  it('is published in Stripe’s own bytes, and told as a gap', async () => {
    await using world = await connected();
    const [there, missing] = world.arise({ type: 'invoice.paid' }, 2);
    world.know(there);

    const report = await world.run({});

    expect(report).toMatchObject({ outcome: 'done', looked: 2, missing: 1, published: 1, suchAs: [missing] });
    expect(world.entries).toMatchObject([{ source: 'stripe', detailType: 'invoice.paid' }]);
    const { fanout, ...event } = JSON.parse(world.entries[0]?.detail ?? '');
    expect(fanout).toMatchObject({ payload: 'snapshot', via: 'reconcile', destination: 'account' });
    expect(event).toEqual((await world.stripe.test.events.list({ limit: 2 })).data.find(({ id }) => id === missing));
    expect(world.counts.get('GapFound')).toBe(1);
    expect(world.logs).toContainEqual(expect.objectContaining({ message: 'gap found', list: 'test#snapshot#own' }));
    expect(world.rows.get(`${missing} publish`)?.status).toBe('done');
  });

  it('is published once: the next comparison finds none missing', async () => {
    await using world = await connected();
    world.arise({ type: 'invoice.paid' }, 3);
    await world.run({});

    const again = await world.run({});

    expect(again).toMatchObject({ outcome: 'done', looked: 3, missing: 0, published: 0 });
    expect(world.entries).toHaveLength(3);
  });

  it('is left alone while it is younger than a quarter of an hour', async () => {
    await using world = await connected();
    world.arise({ type: 'invoice.paid', minutesAgo: 14 });
    const [old] = world.arise({ type: 'invoice.paid', minutesAgo: 16 });

    await world.run({});

    expect(world.idsOnBus()).toEqual([old]);
  });

  it('is nobody’s concern when no destination enables its type, or when it is a ping', async () => {
    await using world = await reconcilerWorld({ destinations: [{ ...THIN[0], payload: 'either' }] });
    const [snapshot, thin] = world.wanted;
    if (snapshot === undefined || thin === undefined) throw new Error('Two are wanted.');
    await world.connect(snapshot, ['invoice.paid']);
    const made = await world.connect(thin, ['v1.invoice.paid', 'v2.core.event_destination.ping']);
    world.arise({ type: 'charge.updated', style: 'both' });
    const [a, b] = world.arise({ type: 'invoice.paid', style: 'both' });
    await world.stripe.test.v2.core.eventDestinations.ping(made.id);
    world.wait(HOUR);

    await world.run({});

    expect(world.idsOnBus().toSorted()).toEqual([a, b].toSorted());
  });

  it('counts as missing when its claim’s lease is over, and is waited for while it is not', async () => {
    await using world = await connected();
    const [dead, live] = world.arise({ type: 'invoice.paid' }, 2);
    world.know(dead, 'claimed', Date.now() - 1);
    world.know(live, 'claimed', Date.now() + 10_000);
    const order = { since: Date.now() - 5 * HOUR, until: Date.now() };

    const first = await world.run(order);
    const tooEarly = await world.run(order);
    world.wait(15_001);
    const second = await world.run(order);

    expect(first).toMatchObject({ outcome: 'more', published: 1 });
    expect(tooEarly).toMatchObject({ outcome: 'more', published: 1 });
    expect(second).toMatchObject({ outcome: 'done', looked: 2, published: 2 });
    expect(world.idsOnBus()).toEqual([dead, live]);
    // Both owners died without a word, and may have published.
    expect(world.counts.get('PublishRepeated')).toBe(2);
  });

  it('is carried in whatever API version Stripe lists it, and counted', async () => {
    await using world = await connected();
    const [id = ''] = world.arise({ type: 'invoice.paid' });
    const stored = world.stripe.local.world.snapshots.get({ livemode: false }, id);
    Object.assign(stored?.event ?? {}, { api_version: '2025-01-27.acacia' });
    world.arise({ type: 'invoice.paid' });

    const report = await world.run({});

    expect(report).toMatchObject({ published: 2, otherVersion: 1 });
    expect(world.counts.get('OtherApiVersion')).toBe(1);
    expect(world.entries.map(({ detail }) => JSON.parse(detail).api_version).toSorted()).toEqual([
      '2025-01-27.acacia',
      API_VERSION,
    ]);
  });

  it('is only named in a dry run', async () => {
    await using world = await connected();
    const [id] = world.arise({ type: 'invoice.paid' });

    const report = await world.run({ dryRun: true });

    expect(report).toMatchObject({ outcome: 'done', missing: 1, published: 0, suchAs: [id] });
    expect([world.entries, world.rows.size, world.counts.get('GapFound')]).toEqual([[], 0, undefined]);
  });
});

describe('an account that takes thin events only', () => {
  it('has nothing to reconcile with the list of snapshots', async () => {
    await using world = await connected({ destinations: THIN });
    const [, thin] = world.arise({ type: 'invoice.paid', style: 'both' });
    world.know(thin);

    const report = await world.run({});

    expect(report).toMatchObject({ outcome: 'done', looked: 1, published: 0, lists: 2, listsOf: 2 });
    const { byEndpoint } = world.stripe.local.requests;
    // The other one is of what Stripe failed to make.
    expect(byEndpoint['GET /v2/core/events']).toBe(2);
    expect(byEndpoint['GET /v1/events']).toBeUndefined();
  });

  it('has what is missing of the other list published for the resolver', async () => {
    await using world = await connected({ destinations: THIN });
    const [, thin] = world.arise({ type: 'invoice.paid', style: 'both' });

    await world.run({});

    expect(world.entries).toMatchObject([{ source: 'stripe.thin', detailType: 'invoice.paid' }]);
    expect(JSON.parse(world.entries[0]?.detail ?? '')).toMatchObject({ id: thin, fanout: { payload: 'thin' } });
  });
});

describe('a connected account', () => {
  it('is named in its entries, which Stripe’s own list of it does not do', async () => {
    await using world = await connected({ destinations: CONNECT });
    const account = 'acct_1Connected';
    world.arise({ type: 'invoice.paid', account });
    world.arise({ type: 'v1.customer.subscription.past_due', style: 'thin', account });

    const report = await world.run({});

    expect(report).toMatchObject({ published: 2, lists: 4 });
    const events = world.entries.map(({ detail }) => JSON.parse(detail));
    expect(events).toMatchObject([
      { object: 'event', account, fanout: { destination: 'connect' } },
      { object: 'v2.core.event', context: account, fanout: { destination: 'connect' } },
    ]);
    // Everything else is as Stripe wrote it: the member is put in before the last brace.
    expect(world.entries[0]?.detail).toContain(`,"account":"${account}","fanout":{`);
  });

  it('can be the only one that is meant', async () => {
    await using world = await connected({ destinations: CONNECT });
    world.arise({ type: 'invoice.paid' });
    world.arise({ type: 'invoice.paid', account: 'acct_1Other' });
    const [meant] = world.arise({ type: 'invoice.paid', account: 'acct_1Meant' });

    await world.run({ account: 'acct_1Meant' });

    expect(world.idsOnBus()).toEqual([meant]);
  });

  it('is looked at each hour once it has had an event, and once a day while it has none', async () => {
    await using world = await connected({ destinations: CONNECT });
    world.arise({ type: 'invoice.paid', account: 'acct_1Quiet', minutesAgo: 60 * 24 * 20 });
    world.arise({ type: 'invoice.paid', account: 'acct_1Active', minutesAgo: 60 * 24 });
    world.stripe.local.world.connect({ livemode: false, account: 'acct_1Sleeps' });
    const lists = async () => (await world.run()).listsOf;

    const first = await lists();
    world.arise({ type: 'invoice.paid', account: 'acct_1Active', minutesAgo: 20 });
    world.wait(HOUR);
    const second = await lists();
    world.wait(HOUR);
    const third = await lists();
    world.wait(24 * HOUR);
    const nextDay = await lists();
    world.wait(HOUR);
    const then = await lists();

    // The own account's two, and two styles of three accounts; then those of the one whose event was seen.
    expect([first, second, third, nextDay, then]).toEqual([8, 2, 2, 8, 4]);
  });
});

describe('the schedule', () => {
  it('begins a round each hour, two hours before the end of the last one', async () => {
    await using world = await connected();
    world.wait(3 * HOUR);
    const first = await world.run();
    world.arise({ type: 'invoice.paid', minutesAgo: -60 });
    const early = await world.run();
    world.wait(HOUR);
    const second = await world.run();

    expect([first.outcome, early.outcome, second.outcome]).toEqual(['done', 'idle', 'done']);
    expect(second.published).toBe(1);
  });

  it('looks no further back at first than its destinations are old', async () => {
    await using world = await connected();
    world.arise({ type: 'invoice.paid', minutesAgo: 30 });
    world.wait(HOUR);

    expect(await world.run()).toMatchObject({ outcome: 'done', looked: 0, published: 0 });
    expect(await world.run({})).toMatchObject({ published: 1 });
  });

  it('goes back to where it was, however long it did not run', async () => {
    await using world = await connected();
    world.wait(HOUR);
    await world.run();
    world.arise({ type: 'invoice.paid', minutesAgo: -120 });
    world.wait(9 * 24 * HOUR);

    expect(await world.run()).toMatchObject({ published: 1 });
  });

  it('compares with what a deleted destination of ours enabled, until it is made anew', async () => {
    await using world = await reconcilerWorld({
      destinations: [...THIN, { ...THIN[0], name: 'other', payload: 'snapshot' }],
    });
    const [thin, snapshot] = world.wanted;
    if (snapshot === undefined || thin === undefined) throw new Error('Two are wanted.');
    await world.connect(thin);
    const made = await world.connect(snapshot);
    world.arise({ type: 'invoice.paid' });
    await world.stripe.test.v2.core.eventDestinations.del(made.id);

    expect(await world.run({})).toMatchObject({ published: 1 });
  });

  it('has nothing to compare without destinations, and leaves a mode without a key alone', async () => {
    await using silent = await reconcilerWorld({ key: '{"_placeholder":"x"}' });
    await using unconnected = await reconcilerWorld();
    silent.arise({ type: 'invoice.paid' });
    unconnected.arise({ type: 'invoice.paid' });

    expect(await silent.run()).toMatchObject({ outcome: 'done', withoutKey: ['live', 'test'], listsOf: 0, failed: [] });
    expect(await unconnected.run()).toMatchObject({ outcome: 'done', withoutKey: ['live'], listsOf: 0, published: 0 });
  });
});

describe('Stripe', () => {
  it.each(['snapshot', 'thin'] as const)(
    'may page, throttle and fail on the way through its list of %s events',
    async (style) => {
      await using world = await connected({ destinations: [{ ...THIN[0], payload: style }] });
      const ids = world.arise({ type: 'invoice.paid', style }, 250);
      const path = style === 'snapshot' ? '/v1/events' : '/v2/core/events';
      world.stripe.local.faults.add({ path, answer: 429, retryAfter: 1, times: 2 });
      world.stripe.local.faults.add({ path, answer: 500, times: 2 });

      const report = await world.run({});

      expect(report).toMatchObject({ outcome: 'done', looked: 250, published: 250, failed: [] });
      expect(world.idsOnBus().toSorted()).toEqual(ids.toSorted());
    },
  );

  it('refusing one list keeps no other from being compared', async () => {
    await using world = await connected({ destinations: CONNECT });
    world.arise({ type: 'invoice.paid' });
    world.arise({ type: 'invoice.paid', account: 'acct_1Connected' });
    world.stripe.local.faults.add({ path: '/v1/accounts', answer: 403, times: 1 });

    const refused = await world.run();
    const mended = await world.run({});

    expect(refused).toMatchObject({
      outcome: 'done',
      lists: 2,
      failed: [{ list: 'test', code: 'stripe_permission_missing' }],
    });
    expect(mended).toMatchObject({ lists: 4, failed: [], published: 2 });
  });

  it('that no longer knows where a list was left has it begun again', async () => {
    await using world = await connected();
    world.arise({ type: 'invoice.paid' }, 150);
    const order = { since: Date.now() - 5 * HOUR, until: Date.now() };
    const [job] = [world.ports.progress];
    const now = Date.now() - 15 * 60_000;
    const id = [order.since, order.until].map((ms) => new Date(ms).toISOString()).join('/');
    await job.take(id, 'before', new AbortController().signal);
    const counts = { looked: 0, missing: 0, published: 0, otherVersion: 0, unreadable: 0 };
    const current = {
      list: 'test#snapshot#own',
      round: 'r',
      from: order.since,
      to: now,
      at: 'evt_forgotten',
      isDone: false,
      counts,
    };
    await job.release(
      id,
      'before',
      { round: { id: 'r', to: now, startedAt: now }, current },
      new AbortController().signal,
    );

    expect(await world.run(order)).toMatchObject({ outcome: 'done', published: 150 });
  });
});

describe('an invocation', () => {
  it('that has no time left says so, and the next one goes on', async () => {
    await using world = await connected();
    world.arise({ type: 'invoice.paid' }, 30);
    const order = { since: Date.now() - 5 * HOUR, until: Date.now() };
    const { publish } = world.ports.bus;
    Object.assign(world.ports.bus, {
      publish: (...args: Parameters<typeof publish>) => {
        world.wait(1_000);
        return publish(...args);
      },
    });

    const reports = [];
    do reports.push(await world.run({ ...order, seconds: 9 }));
    while (reports.at(-1)?.outcome === 'more');

    expect(reports.map(({ outcome, published }) => [outcome, published])).toEqual([
      ['more', 10],
      ['more', 20],
      // All of the first list, and no time for the second.
      ['more', 30],
      ['done', 30],
    ]);
    expect(reports.at(-1)).toMatchObject({ looked: 30, missing: 30 });
  });

  it('keeps off a job that another one has', async () => {
    await using world = await connected();
    await world.ports.progress.take('schedule', 'another', new AbortController().signal);

    expect((await world.run()).outcome).toBe('busy');
    world.wait(15_001);
    expect((await world.run()).outcome).toBe('done');
  });
});
