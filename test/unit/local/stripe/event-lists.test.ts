import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import type { LocalStripe } from '#local/stripe/local-stripe.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { sampleThinEvent } from '#shared/samples/thin/sample-thin-event.ts';
import { startStripeFixture } from './start-stripe-fixture.ts';

const NO_LIMITS = { live: 10_000, test: 10_000, endpoint: 10_000 };
const NOW = Math.floor(Date.now() / 1000);

/** Events of two types in turn, one each second until now, and two in the last. @returns ids, oldest first */
function snapshots({ world }: LocalStripe, count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const created = NOW - Math.max(0, count - 2 - i);
    const event = sampleEvent(i % 2 ? 'invoice.paid' : 'charge.failed', { seed: String(i), created });
    return world.snapshots.add({ livemode: false }, event).event.id;
  });
}

function thin({ world }: LocalStripe, count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const name = i % 2 ? 'v1.invoice.paid' : 'v2.core.account.updated';
    const { fetchedEvent } = sampleThinEvent(name, { seed: String(i), created: NOW - count + i });
    return world.thin.add({ livemode: false }, fetchedEvent).event.id;
  });
}

async function ids(pages: AsyncIterable<{ id: string }>): Promise<string[]> {
  return (await Array.fromAsync(pages)).map(({ id }) => id);
}

describe('the list of snapshot events', () => {
  it('is newest first, page after page', async () => {
    await using stripe = await startStripeFixture({ limits: NO_LIMITS });
    const all = snapshots(stripe.local, 57);

    const first = await stripe.test.events.list();

    expect(first.data.map(({ id }) => id)).toEqual(all.toReversed().slice(0, 10));
    expect(first).toMatchObject({ has_more: true, url: '/v1/events' });
    expect(await ids(stripe.test.events.list({ limit: 20 }))).toEqual(all.toReversed());
  });

  it('goes forward in time from an event, when paged with ending_before', async () => {
    await using stripe = await startStripeFixture({ limits: NO_LIMITS });
    const all = snapshots(stripe.local, 57);

    const missed = await ids(stripe.test.events.list({ ending_before: all[11] ?? '', limit: 20 }));

    expect(missed).toEqual(all.slice(12));
  });

  it('gives with ending_before the page next to the event, and not the newest', async () => {
    await using stripe = await startStripeFixture();
    const all = snapshots(stripe.local, 10);

    const page = await stripe.test.events.list({ ending_before: all[3] ?? '', limit: 3 });

    expect(page.data.map(({ id }) => id)).toEqual([all[6], all[5], all[4]]);
    expect(page.has_more).toBe(true);
  });

  it.each<[string, Stripe.EventListParams, (i: number) => boolean]>([
    ['a type', { type: 'invoice.paid' }, (i) => i % 2 === 1],
    ['types with a wildcard', { type: 'charge.*' }, (i) => i % 2 === 0],
    ['several types', { types: ['invoice.paid', 'charge.failed', 'charge.captured'] }, () => true],
    ['a time', { created: NOW - 5 }, (i) => i === 13],
    ['a span of time', { created: { gte: NOW - 9, lt: NOW - 5 } }, (i) => i >= 9 && i < 13],
    ['another span', { created: { gt: NOW - 9, lte: NOW - 5 } }, (i) => i > 9 && i <= 13],
    ['an end', { starting_after: 'evt_1', type: 'invoice.paid' }, () => true],
  ])('is narrowed to %s', async (_what, params, fits) => {
    await using stripe = await startStripeFixture();
    const all = snapshots(stripe.local, 20);
    const [cursor, asked] = params.starting_after ? [all[10] ?? '', all.filter((_, i) => i < 10 && i % 2)] : ['', []];
    const expected = params.starting_after ? asked : all.filter((_, i) => fits(i));

    const listed = await ids(
      stripe.test.events.list({ ...params, ...(cursor && { starting_after: cursor }), limit: 100 }),
    );

    expect(listed).toEqual(expected.toReversed());
  });

  it('tells apart what all destinations took, and says how many are still to come', async () => {
    await using stripe = await startStripeFixture();
    const [taken = '', failed = '', pending = '', nobodys = ''] = snapshots(stripe.local, 4);
    const of = (id: string) => stripe.local.world.snapshots.get({ livemode: false }, id)?.deliveries;
    of(taken)?.set('account', 'delivered');
    of(failed)?.set('account', 'delivered').set('thin', 'failed');
    of(pending)?.set('account', 'pending').set('thin', 'pending');

    const undelivered = await stripe.test.events.list({ delivery_success: false });

    expect(undelivered.data.map(({ id, pending_webhooks }) => [id, pending_webhooks])).toEqual([
      [pending, 2],
      [failed, 0],
    ]);
    expect(await ids(stripe.test.events.list({ delivery_success: true }))).toEqual([nobodys, taken]);
  });

  it('goes back 30 days, and holds one account and mode', async () => {
    await using stripe = await startStripeFixture();
    const { snapshots: events } = stripe.local.world;
    const event = (seed: string, days: number) => sampleEvent('invoice.paid', { seed, created: NOW - days * 86_400 });
    events.add({ livemode: false }, event('old', 31));
    const { id } = events.add({ livemode: false }, event('young', 29)).event;
    events.add({ livemode: true }, event('live', 1));
    events.add({ livemode: false, account: 'acct_1' }, event('connected', 1));

    expect(await ids(stripe.test.events.list())).toEqual([id]);
    expect(await ids(stripe.test.events.list({}, { stripeAccount: 'acct_1' }))).toHaveLength(1);
    expect(await ids(stripe.live.events.list())).toHaveLength(1);
  });

  it.each<[string, Stripe.EventListParams]>([
    ['limit is 101', { limit: 101 }],
    ['limit is 0', { limit: 0 }],
    ['types has 21 names; at most 20 are allowed', { types: Array.from({ length: 21 }, (_, i) => `a.b${i}`) }],
    ['only specify one of these parameters: type, types', { type: 'a.b', types: ['a.b'] }],
    [
      'only specify one of these parameters: ending_before, starting_after',
      { starting_after: 'a', ending_before: 'b' },
    ],
    ["No such event: 'evt_none'", { starting_after: 'evt_none' }],
  ])('refuses a request: %s', async (message, params) => {
    await using stripe = await startStripeFixture();

    await expect(stripe.test.events.list(params)).rejects.toThrow(message);
  });
});

describe('the list of thin events', () => {
  it('is newest first, page after page', async () => {
    await using stripe = await startStripeFixture({ limits: NO_LIMITS });
    const all = thin(stripe.local, 57);

    expect(await ids(stripe.test.v2.core.events.list({ limit: 20 }))).toEqual(all.toReversed());
    expect((await stripe.test.v2.core.events.list()).data).toHaveLength(20);
  });

  it.each<[string, Stripe.V2.Core.EventListParams, (i: number) => boolean]>([
    ['types', { types: ['v1.invoice.paid'] }, (i) => i % 2 === 1],
    ['a span of time', { created: { gte: NOW - 9, lt: NOW - 5 } }, (i) => i >= 11 && i < 15],
  ])('is narrowed to %s, on every page', async (_what, params, fits) => {
    await using stripe = await startStripeFixture();
    const all = thin(stripe.local, 20);

    const listed = await ids(stripe.test.v2.core.events.list({ ...params, limit: 3 }));

    expect(listed).toEqual(all.filter((_, i) => fits(i)).toReversed());
  });

  it('is narrowed to a time in the form of API v2 too', async () => {
    await using stripe = await startStripeFixture();
    const all = thin(stripe.local, 9);
    const since = new Date((NOW - 3) * 1000).toISOString();

    const page = await get(stripe.test, `/v2/core/events?created[gte]=${since}`);

    expect(page.data.map(({ id }) => id)).toEqual(all.slice(-3).toReversed());
  });

  it('is narrowed to an object', async () => {
    await using stripe = await startStripeFixture();
    thin(stripe.local, 4);
    const { fetchedEvent, relatedObject } = sampleThinEvent('v1.invoice.paid', { seed: '1' });

    const listed = stripe.test.v2.core.events.list({ object_id: String(relatedObject?.id) });

    expect(await ids(listed)).toEqual([fetchedEvent.id]);
  });

  it('leads back to the page before', async () => {
    await using stripe = await startStripeFixture();
    const newestFirst = thin(stripe.local, 9).toReversed();
    const pages = [await get(stripe.test, '/v2/core/events?limit=4')];
    pages.push(await get(stripe.test, pages[0]?.next_page_url ?? ''));

    const back = await get(stripe.test, pages[1]?.previous_page_url ?? '');

    expect(pages.map(({ data }) => data.map(({ id }) => id))).toEqual([
      newestFirst.slice(0, 4),
      newestFirst.slice(4, 8),
    ]);
    expect(pages[0]?.previous_page_url).toBeNull();
    expect(back).toMatchObject({ data: pages[0]?.data, previous_page_url: null });
  });

  it('refuses a page token that is not its own', async () => {
    await using stripe = await startStripeFixture();

    const failed = get(stripe.test, '/v2/core/events?page=abc');

    await expect(failed).rejects.toMatchObject({ statusCode: 400, code: 'invalid_page_token' });
  });
});

interface Page {
  readonly data: readonly { readonly id: string }[];
  readonly next_page_url: string | null;
  readonly previous_page_url: string | null;
}

async function get(client: Stripe, path: string): Promise<Page> {
  return (await client.rawRequest('GET', path)) as unknown as Page;
}
