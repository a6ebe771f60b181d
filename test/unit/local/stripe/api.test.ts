import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { startStripeFixture } from './start-stripe-fixture.ts';

const NO_LIMITS = { live: 10_000, test: 10_000, endpoint: 10_000 };

describe('the API of Stripe’s stand-in', () => {
  it('answers an object that an event was about', async () => {
    await using stripe = await startStripeFixture();
    const [emitted] = stripe.local.emit({ type: 'invoice.paid' });

    const invoice = await stripe.test.invoices.retrieve(emitted?.object ?? '');

    expect(invoice).toMatchObject({ id: emitted?.object, object: 'invoice', status: 'paid', livemode: false });
  });

  it('answers the related object of every thin type that has one, at the URL the notification names', async () => {
    await using stripe = await startStripeFixture({ limits: NO_LIMITS });
    const types = EVENT_TYPES.filter(
      ({ type, thin }) =>
        thin && thin.relatedObject !== 'none' && (!type.endsWith('.deleted') || /subscription/.test(type)),
    );
    for (const { type } of types) stripe.local.emit({ type, style: 'thin' });
    await stripe.delivered();
    const notifications = stripe.received.map(({ body }) => JSON.parse(body));

    const fetched = await Promise.all(
      notifications.map(({ related_object: { url } }) => stripe.test.rawRequest('GET', url)),
    );

    expect(fetched.map((object) => 'object' in object && object.object)).toEqual(
      notifications.map(({ related_object: { type } }) => type),
    );
  });

  it('answers a thin event with the data that its notification lacks', async () => {
    await using stripe = await startStripeFixture();
    const [emitted] = stripe.local.emit({ type: 'v1.billing.meter.error_report_triggered', style: 'thin' });
    await stripe.delivered();

    const event = await stripe.test.v2.core.events.retrieve(emitted?.id ?? '');

    expect(event).toMatchObject({ id: emitted?.id, data: { reason: { error_count: 1 } } });
    expect(JSON.parse(stripe.received[0]?.body ?? '')).not.toHaveProperty('data');
  });

  it('answers only the parts of an account that are asked for', async () => {
    await using stripe = await startStripeFixture();
    const [emitted] = stripe.local.emit({ type: 'v2.core.account[configuration.merchant].updated', style: 'thin' });
    const id = emitted?.object ?? '';

    const bare = await stripe.test.v2.core.accounts.retrieve(id);
    const asked = await stripe.test.v2.core.accounts.retrieve(id, { include: ['configuration.merchant', 'identity'] });

    expect(bare).toMatchObject({ configuration: null, identity: null });
    expect(asked).toMatchObject({
      configuration: { merchant: { mcc: '5940' } },
      identity: { entity_type: 'company' },
      defaults: null,
    });
  });

  it.each(['stripeAccount', 'stripeContext'])('answers what a connected account has to %s alone', async (header) => {
    await using stripe = await startStripeFixture();
    const [emitted] = stripe.local.emit({ type: 'charge.succeeded', account: 'acct_connected' });
    const id = emitted?.object ?? '';

    const connected = await stripe.test.charges.retrieve(id, {}, { [header]: 'acct_connected' });

    expect(connected.id).toBe(id);
    await expect(stripe.test.charges.retrieve(id)).rejects.toThrow(`No such charge: '${id}'`);
  });

  it('takes the last account of an organization’s path', async () => {
    await using stripe = await startStripeFixture();
    const [emitted] = stripe.local.emit({ type: 'charge.succeeded', account: 'acct_connected' });

    const options = { stripeContext: 'acct_platform/acct_connected' };

    expect(await stripe.test.charges.retrieve(emitted?.object ?? '', {}, options)).toMatchObject({ object: 'charge' });
  });

  it('says with a 404 when the object is in the other mode', async () => {
    await using stripe = await startStripeFixture();
    const [emitted] = stripe.local.emit({ type: 'invoice.paid', livemode: true });

    const failed = stripe.test.invoices.retrieve(emitted?.object ?? '');

    await expect(failed).rejects.toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    await expect(failed).rejects.toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'id' });
    await expect(failed).rejects.toThrow('a similar object exists in live mode, but a test mode key was used');
  });

  it('forgets what was deleted, but for customers and canceled subscriptions', async () => {
    await using stripe = await startStripeFixture();
    for (const type of ['invoice', 'customer', 'customer.subscription']) {
      stripe.local.emit({ type: `${type}.deleted`, seed: 'x' });
    }
    await stripe.delivered();
    const ids = stripe.received.map(({ body }) => JSON.parse(body).data.object.id);
    const of = (kind: string) => ids.find((id) => id.startsWith(kind));

    await expect(stripe.test.invoices.retrieve(of('in_'))).rejects.toThrow('No such invoice');
    expect(await stripe.test.customers.retrieve(of('cus_'))).toMatchObject({ deleted: true, id: of('cus_') });
    expect(await stripe.test.subscriptions.retrieve(of('sub_'))).toMatchObject({ status: 'canceled' });
  });

  it('answers what does not exist in the error shape of each version', async () => {
    await using stripe = await startStripeFixture();

    const v1 = stripe.test.invoices.retrieve('in_none');
    const v2 = stripe.test.v2.core.events.retrieve('evt_none');
    const nowhere = stripe.test.rawRequest('POST', '/v1/nothing');

    await expect(v1).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      raw: { request_log_url: expect.stringContaining('/test/logs/req_') },
    });
    await expect(v2).rejects.toMatchObject({ statusCode: 404, code: 'not_found' });
    await expect(v2).rejects.not.toHaveProperty('raw.request_log_url');
    await expect(nowhere).rejects.toThrow('Unrecognized request URL (POST: /v1/nothing).');
  });

  it('knows its two keys and no other', async () => {
    await using stripe = await startStripeFixture();

    const other = stripe.client('sk_test_4eC39HqLyjWDarjtT1zdp7dc').balance.retrieve();

    await expect(other).rejects.toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    await expect(other).rejects.toThrow(/^Invalid API Key provided: sk_test_\*+p7dc$/);
    expect((await fetch(`${stripe.local.url}/v1/balance`)).status).toBe(401);
  });

  it.each([
    [401, 'StripeAuthenticationError'],
    [403, 'StripePermissionError'],
    [404, 'StripeInvalidRequestError'],
    [429, 'StripeRateLimitError'],
    [500, 'StripeAPIError'],
    [503, 'StripeAPIError'],
  ] as const)('answers %i so often as it is told, for the path it is told', async (answer, type) => {
    await using stripe = await startStripeFixture();
    const invoice = stripe.local.emit({ type: 'invoice.paid' })[0]?.object ?? '';
    const charge = stripe.local.emit({ type: 'charge.succeeded' })[0]?.object ?? '';
    stripe.local.faults.add({ path: '/v1/invoices/', answer, message: 'As told.', retryAfter: 7, shouldRetry: false });

    const failed = stripe.test.invoices.retrieve(invoice);

    await expect(failed).rejects.toMatchObject({
      type,
      message: 'As told.',
      headers: { 'retry-after': '7', 'stripe-should-retry': 'false' },
    });
    expect(await stripe.test.charges.retrieve(charge)).toHaveProperty('id', charge);
    expect(await stripe.test.invoices.retrieve(invoice)).toHaveProperty('id', invoice);
  });

  it.each(['hang', 'drop'] as const)('does not answer where it is told to %s', async (answer) => {
    await using stripe = await startStripeFixture();
    stripe.local.faults.add({ path: '/', answer, times: 'always' });

    const failed = stripe.client('rk_test_local', { timeout: 1_000 }).balance.retrieve();

    await expect(failed).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
    // A dropped connection is tried once more by Stripe's library, whatever it was told.
    await expect.poll(() => Object.keys(stripe.local.requests.byStatus)).toEqual([answer]);
  });

  it('refuses what is above its limit, saying when to come again, and counts it', async () => {
    await using stripe = await startStripeFixture({ limits: { test: 0 } });

    const failed = stripe.test.invoices.retrieve('in_1SfExampleInvoice000000001');

    await expect(failed).rejects.toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    await expect(failed).rejects.toMatchObject({
      headers: { 'retry-after': '1', 'stripe-should-retry': 'true', 'stripe-rate-limited-reason': 'global-rate' },
    });
    expect(stripe.local.requests).toEqual({
      total: 1,
      byStatus: { '429': 1 },
      byEndpoint: { 'GET /v1/invoices/:id': 1 },
      peakPerSecond: 1,
    });
  });
});
