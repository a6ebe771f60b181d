import { describe, expect, it } from 'vitest';
import { StripeNotFound, StripeRateLimited, StripeUnavailable } from '#shared/errors/stripe-errors.ts';
import type { StripeRequest } from '#shared/ports/stripe-api.ts';
import { PatientStripe } from '#shared/stripe/patient-stripe.ts';

const GET: StripeRequest = { path: '/v1/events', livemode: false };
const ANSWER = { status: 200, text: '{}', value: {} };
const never = new AbortController().signal;

/** @param script what each try throws; after the last one it is answered */
async function ask(script: readonly Error[], request: StripeRequest = GET) {
  const waits: number[] = [];
  let tries = 0;
  const stripe = new PatientStripe({
    stripe: {
      request: async () => {
        const thrown = script[tries++];
        if (thrown) throw thrown;
        return ANSWER;
      },
    },
    sleep: async (ms) => void waits.push(ms),
    random: () => 0,
  });
  const outcome = await stripe.request(request, never).catch((error: unknown) => error);
  return { outcome, waits, tries };
}

describe('asking Stripe with patience', () => {
  it('asks again, each time later, where Stripe was out of order', async () => {
    const { outcome, waits } = await ask([new StripeUnavailable('500'), new StripeUnavailable('hangs')]);

    expect(outcome).toBe(ANSWER);
    expect(waits).toEqual([500, 1_000]);
  });

  it('waits as long as Stripe asks for', async () => {
    const { waits } = await ask([new StripeRateLimited('429', { afterSeconds: 7 })]);

    expect(waits).toEqual([7_000]);
  });

  it('gives up after five tries, and at once where Stripe asks for more time than a person has', async () => {
    const hour = new StripeUnavailable('503', { afterSeconds: 3_600 });

    expect(await ask(Array(9).fill(new StripeUnavailable('500')))).toMatchObject({
      tries: 5,
      outcome: expect.any(Error),
    });
    expect(await ask([hour])).toMatchObject({ tries: 1, outcome: hour });
  });

  it('takes a no for a no', async () => {
    const no = new StripeNotFound('404');

    expect(await ask([no])).toMatchObject({ tries: 1, outcome: no });
  });

  it('repeats a POST only with an idempotency key, for it may have been done', async () => {
    const lost = new StripeUnavailable('no answer');

    expect(await ask([lost], { ...GET, method: 'POST' })).toMatchObject({ tries: 1, outcome: lost });
    expect(await ask([lost], { ...GET, method: 'POST', idempotencyKey: 'once' })).toMatchObject({ tries: 2 });
    expect(await ask([lost], { ...GET, method: 'DELETE' })).toMatchObject({ tries: 2 });
  });
});
