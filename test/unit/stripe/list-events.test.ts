import { describe, expect, it } from 'vitest';
import { stripeApi } from '#functions/adapters/stripe-api.ts';
import { type EventList, type EventPage, listEvents } from '#shared/stripe/list-events.ts';
import { startStripeFixture } from '../local/stripe/start-stripe-fixture.ts';

const never = new AbortController().signal;
const NOW = Math.floor(Date.now() / 1000);

async function fixture() {
  const stripe = await startStripeFixture({ limits: { test: 1_000, endpoint: 1_000 } });
  const api = stripeApi({
    secret: { read: async () => '{"test":"rk_test_local"}' },
    clock: { now: Date.now },
    baseUrl: stripe.local.url,
  });
  const all = async (list: Partial<EventList>) => {
    const pages: EventPage[] = [];
    const whole = {
      payload: 'snapshot',
      livemode: false,
      from: (NOW - 3_600) * 1000,
      to: NOW * 1000,
      ...list,
    } as const;
    do pages.push(await listEvents(api, whole, pages.at(-1)?.next, never));
    while (pages.at(-1)?.next !== undefined);
    return pages;
  };
  return { stripe, all };
}

describe.each(['snapshot', 'thin'] as const)('Stripe’s list of %s events', (payload) => {
  it('is read page by page to its end, each event once', async () => {
    const { stripe, all } = await fixture();
    await using _ = stripe;
    const sent = Array.from({ length: 230 }, () =>
      stripe.local.emit({ type: 'invoice.paid', style: payload, created: NOW - 60 }),
    ).flat();

    const pages = await all({ payload });

    expect(pages).toHaveLength(3);
    const ids = pages.flatMap(({ events }) => events.map(({ event }) => event.id));
    expect(ids.toSorted()).toEqual(sent.map(({ id }) => id).sort());
  });

  it('holds what arose in the time asked for, and of the account asked for', async () => {
    const { stripe, all } = await fixture();
    await using _ = stripe;
    const times = [NOW - 7_200, NOW - 1_800, NOW - 60];
    for (const created of times) stripe.local.emit({ type: 'charge.updated', style: payload, created });
    stripe.local.emit({ type: 'charge.updated', style: payload, created: NOW - 1_800, account: 'acct_1' });

    const own = await all({ payload, to: (NOW - 900) * 1000 });
    const connected = await all({ payload, account: 'acct_1' });

    expect(own.flatMap(({ events }) => events)).toHaveLength(1);
    expect(connected.flatMap(({ events }) => events)).toHaveLength(1);
  });

  it('gives the text of each event as Stripe wrote it', async () => {
    const { stripe, all } = await fixture();
    await using _ = stripe;
    stripe.local.emit({ type: 'invoice.paid', style: payload, created: NOW - 60 });

    const [listed] = (await all({ payload })).flatMap(({ events }) => events);

    expect(JSON.parse(listed?.text ?? '')).toEqual(listed?.event);
  });
});

it('of undelivered snapshots leaves out what every destination took', async () => {
  const stripe = await startStripeFixture({ answer: (n) => (n === 0 ? 200 : 500) });
  await using _ = stripe;
  const api = stripeApi({
    secret: { read: async () => '{"test":"rk_test_local"}' },
    clock: { now: Date.now },
    baseUrl: stripe.local.url,
  });
  stripe.local.emit({ type: 'invoice.paid', created: NOW - 60 });
  await stripe.delivered();
  const [owed] = stripe.local.emit({ type: 'invoice.paid', created: NOW - 60 });
  await stripe.delivered();

  const list = {
    payload: 'snapshot',
    livemode: false,
    from: (NOW - 600) * 1000,
    to: NOW * 1000,
    undelivered: true,
  } as const;

  expect((await listEvents(api, list, undefined, never)).events.map(({ event }) => event.id)).toEqual([owed?.id]);
});
