import { expect, it } from 'vitest';
import { fetchEvent } from '#functions/resolver/fetch-event.ts';
import { Pacer } from '#shared/pacing/pacer.ts';
import type { StripeRequest } from '#shared/ports/stripe-api.ts';
import { PacedStripe } from '#shared/stripe/paced-stripe.ts';

const never = new AbortController().signal;

/** What is asked of Stripe for an event. */
async function askedFor(id: string): Promise<StripeRequest | undefined> {
  const asked: StripeRequest[] = [];
  const clock = { now: () => 0 };
  const stripe = new PacedStripe({
    stripe: {
      request: async (request) => {
        asked.push(request);
        return { status: 200, text: '{}', value: {} };
      },
    },
    pacer: new Pacer(1_000, { clock: { now: Date.now }, sleep: async () => undefined }),
    telemetry: { log: () => undefined, count: () => undefined, countNow: () => undefined, duration: () => undefined },
    clock,
  });
  const created = '2026-11-24T12:00:00Z';
  const event = { id, object: 'v2.core.event', type: 'v1.invoice.paid', created, livemode: false } as const;
  await fetchEvent({ ...event, context: 'acct_1' }, stripe, never);
  return asked[0];
}

it('an event is fetched from the account that it is of', async () => {
  expect(await askedFor('evt_1')).toMatchObject({ path: '/v2/core/events/evt_1', context: 'acct_1', because: 'evt_1' });
});

it('in the place of an event that Stripe failed to make its announcement is fetched, which is the own account’s', async () => {
  expect(await askedFor('evt_1_lost')).toEqual({
    path: '/v2/core/events/evt_1',
    livemode: false,
    context: undefined,
    because: 'evt_1',
  });
});
