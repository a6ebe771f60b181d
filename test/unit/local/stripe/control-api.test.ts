import { describe, expect, it } from 'vitest';
import { answerStripeControl } from '#local/stripe/control/control-api.ts';
import type { LocalStripe } from '#local/stripe/local-stripe.ts';
import { startStripeFixture } from './start-stripe-fixture.ts';

function control(stripe: LocalStripe, method: string, path: string, body: unknown = '') {
  const [name = '', query] = path.split('?');
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const request = {
    method,
    path: `/_local/stripe/${name}`,
    query: new URLSearchParams(query),
    body: Buffer.from(text),
  };
  return answerStripeControl(stripe, request);
}

describe('the control of Stripe’s stand-in', () => {
  it('emits one event or a list of them', async () => {
    await using stripe = await startStripeFixture();

    const one = await control(stripe.local, 'POST', 'emit', { type: 'invoice.paid', seed: 'a' });
    const list = await control(stripe.local, 'POST', 'emit', [
      { type: 'plan.created' },
      { type: 'plan.deleted', style: 'both' },
    ]);

    expect(one).toEqual([
      200,
      { events: [expect.objectContaining({ type: 'invoice.paid', style: 'snapshot', destination: 'account' })] },
    ]);
    expect(list).toMatchObject([200, { events: [{}, {}, { type: 'v1.plan.deleted', style: 'thin' }] }]);
  });

  it('tells how deliveries went and what the API was asked', async () => {
    await using stripe = await startStripeFixture();
    await control(stripe.local, 'POST', 'emit', { type: 'invoice.paid', tag: 'x' });
    await stripe.delivered();
    await stripe.test.events.list();

    expect(await control(stripe.local, 'GET', 'deliveries?tag=x')).toMatchObject([
      200,
      { sent: 1, accepted: 1, answerMs: { p50: expect.any(Number), p95: expect.any(Number) } },
    ]);
    expect(await control(stripe.local, 'GET', 'requests')).toMatchObject([200, { total: 1, byStatus: { 200: 1 } }]);
  });

  it('adds, lists and removes faults of the API', async () => {
    await using stripe = await startStripeFixture();
    const fault = { path: '/v1/invoices', answer: '429', times: 'always', retryAfter: 3 };

    const [status, added] = await control(stripe.local, 'POST', 'faults', fault);
    await control(stripe.local, 'POST', 'faults', { path: '/v1/charges', answer: 'hang', times: 2 });
    const listed = await control(stripe.local, 'GET', 'faults');
    await control(stripe.local, 'DELETE', `faults?id=${Object.values(added ?? {})[0]}`);

    expect(status).toBe(201);
    expect(listed).toMatchObject([
      200,
      [
        { fault: { path: '/v1/invoices', answer: 429 }, left: null },
        { fault: { answer: 'hang' }, left: 2 },
      ],
    ]);
    expect(await control(stripe.local, 'GET', 'faults')).toMatchObject([200, [{ left: 2 }]]);
    expect(await control(stripe.local, 'DELETE', 'faults')).toEqual([200, { removed: true }]);
    expect(stripe.local.faults.list()).toEqual([]);
  });

  it.each([
    ['emit', {}, 'type is missing.'],
    ['emit', '{', 'JSON'],
    ['emit', { type: 'invoice.paid', style: 'fat' }, 'style is "fat"; snapshot, thin, both were expected.'],
    ['emit', { type: 'invoice.paid', copies: 0 }, 'copies is 0; a whole number from 1 to 100 was expected.'],
    ['emit', { type: 'invoice.paid', delayMs: -1 }, 'delayMs is -1; 0 to 3600000 was expected.'],
    ['emit', { type: 'invoice.payd' }, 'invoice.payd is not in the catalogue of event types.'],
    ['emit', Array(1_001).fill({}), '1001 emissions; at most 1000 were expected.'],
    ['faults', { path: 'v1', answer: 429 }, 'path is "v1"; the start of a path was expected'],
    ['faults', { path: '/v1', answer: 418 }, 'answer must be one of 400, 401'],
    ['faults', { path: '/v1', answer: 500, times: 0 }, 'times is 0; a whole number from 1, or "always", was expected.'],
  ])('refuses %s with %j', async (path, body, message) => {
    await using stripe = await startStripeFixture();

    const [status, answer] = await control(stripe.local, 'POST', path, body);

    expect(status).toBe(400);
    expect(JSON.stringify(answer)).toContain(JSON.stringify(message).slice(1, -1));
  });

  it('says what there is instead of what there is not', async () => {
    await using stripe = await startStripeFixture();

    expect(await control(stripe.local, 'PUT', 'emit')).toEqual([
      404,
      {
        error: {
          message: 'There is no PUT emit here: emit, deliveries, authorize, authorizations, requests and faults are.',
        },
      },
    ]);
  });
});
