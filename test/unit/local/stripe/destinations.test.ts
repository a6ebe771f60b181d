import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { startStripeFixture } from './start-stripe-fixture.ts';

type Params = Stripe.V2.Core.EventDestinationCreateParams;

function endpoint(url: string, more: Partial<Params> = {}): Params {
  return {
    name: 'ours',
    type: 'webhook_endpoint',
    event_payload: 'snapshot',
    enabled_events: ['invoice.paid'],
    webhook_endpoint: { url },
    ...more,
  };
}

const ALL: Params['include'] = ['webhook_endpoint.signing_secret', 'webhook_endpoint.url'];

describe('an event destination of the stand-in', () => {
  it('tells its secret to who creates it and asks, and never again', async () => {
    await using stripe = await startStripeFixture();
    const { eventDestinations } = stripe.test.v2.core;

    const untold = await eventDestinations.create(endpoint('http://127.0.0.1:1/a'));
    const told = await eventDestinations.create(endpoint('http://127.0.0.1:1/b', { include: ALL }));
    const later = await eventDestinations.retrieve(told.id, { include: ['webhook_endpoint.url'] });

    expect(untold.webhook_endpoint).toEqual({ signing_secret: null, url: null });
    expect(told.webhook_endpoint?.signing_secret).toMatch(/^whsec_/);
    expect(later.webhook_endpoint).toEqual({ signing_secret: null, url: 'http://127.0.0.1:1/b' });
  });

  it.each<[string, Partial<Params>]>([
    ['* for thin events', { event_payload: 'thin', enabled_events: ['*'] }],
    ['a type of the other style', { event_payload: 'thin', enabled_events: ['invoice.paid'] }],
    ['a type that Stripe has given up', { enabled_events: ['quote.will_expire'] }],
    [
      'an API version for thin events',
      { event_payload: 'thin', enabled_events: ['v1.invoice.paid'], snapshot_api_version: '2026-10-28.endive' },
    ],
    ['accounts it has not heard of', { events_from: ['@everyone'] }],
    ['no type at all', { enabled_events: [] }],
  ])('refuses %s', async (_what, more) => {
    await using stripe = await startStripeFixture();

    await expect(stripe.test.v2.core.eventDestinations.create(endpoint('http://127.0.0.1:1/', more))).rejects.toThrow(
      Stripe.errors.StripeError,
    );
  });

  it('keeps what is fixed, and changes the rest', async () => {
    await using stripe = await startStripeFixture();
    const { eventDestinations } = stripe.test.v2.core;
    const { id } = await eventDestinations.create(endpoint('http://127.0.0.1:1/', { metadata: { a: '1' } }));

    const changed = await eventDestinations.update(id, { enabled_events: ['*'], metadata: { b: '2' } });
    const fixed = stripe.test.rawRequest('POST', `/v2/core/event_destinations/${id}`, { event_payload: 'thin' });

    expect(changed).toMatchObject({ enabled_events: ['*'], metadata: { a: '1', b: '2' }, name: 'ours' });
    await expect(fixed).rejects.toThrow('unknown parameter: event_payload');
  });

  it('is one of sixteen at most in a mode, classic endpoints counted, and is listed page by page', async () => {
    await using stripe = await startStripeFixture({ limits: { test: 1_000, endpoint: 1_000 } });
    const { eventDestinations } = stripe.test.v2.core;
    await stripe.test.webhookEndpoints.create({ url: 'http://127.0.0.1:1/we', enabled_events: ['*'] });
    for (let n = 1; n < 16; n += 1) await eventDestinations.create(endpoint(`http://127.0.0.1:1/${n}`));

    const listed = await Array.fromAsync(eventDestinations.list({ limit: 4 }));

    expect(new Set(listed.map(({ id }) => id)).size).toBe(15);
    await expect(eventDestinations.create(endpoint('http://127.0.0.1:1/17'))).rejects.toThrow('maximum of 16');
    expect((await stripe.live.v2.core.eventDestinations.list()).data).toEqual([]);
  });

  it('of EventBridge has an event source in AWS, and no secret', async () => {
    await using stripe = await startStripeFixture();

    const made = await stripe.test.v2.core.eventDestinations.create({
      name: 'bus',
      type: 'amazon_eventbridge',
      event_payload: 'snapshot',
      enabled_events: ['*'],
      amazon_eventbridge: { aws_account_id: '123456789012', aws_region: 'eu-west-1' },
      include: ALL,
    });

    expect(made.webhook_endpoint).toBeNull();
    expect(made.amazon_eventbridge).toMatchObject({
      aws_event_source_arn: `arn:aws:events:eu-west-1::event-source/aws.partner/stripe.com/${made.id}`,
      aws_event_source_status: 'pending',
    });
  });
});

describe('a classic endpoint of the stand-in', () => {
  it('is made, changed, listed and deleted as at Stripe', async () => {
    await using stripe = await startStripeFixture();
    const { webhookEndpoints } = stripe.test;

    const made = await webhookEndpoints.create({
      url: 'http://127.0.0.1:1/',
      enabled_events: ['invoice.paid', 'reporting.report_type.updated'],
      api_version: '2026-09-30.endive',
      connect: true,
      metadata: { ours: 'yes' },
    });
    const disabled = await webhookEndpoints.update(made.id, { disabled: true });
    const listed = await Array.fromAsync(webhookEndpoints.list({ limit: 1 }));
    await webhookEndpoints.del(made.id);

    expect(made.secret).toMatch(/^whsec_/);
    expect(made).toMatchObject({ application: expect.stringMatching(/^ca_/), api_version: '2026-09-30.endive' });
    expect(disabled).toMatchObject({ status: 'disabled', metadata: { ours: 'yes' } });
    expect(disabled.secret).toBeUndefined();
    expect(listed.map(({ id }) => id)).toEqual([made.id]);
    expect((await webhookEndpoints.list()).data).toEqual([]);
  });
});

describe('the deliveries, once a destination was made', () => {
  /** The receiver's address is where the fixture's declared destination points to. */
  async function withReceiver(answer?: (n: number) => number) {
    const stripe = await startStripeFixture(answer ? { answer } : {});
    return { stripe, url: `${stripe.receiver}/ours` };
  }

  it('go to each destination that asks for the type, signed with its own secret, in its own API version', async () => {
    const { stripe, url } = await withReceiver();
    await using _ = stripe;
    const { eventDestinations } = stripe.test.v2.core;
    const one = await eventDestinations.create(
      endpoint(url, { include: ALL, snapshot_api_version: '2025-01-27.acacia' }),
    );
    const other = await stripe.test.webhookEndpoints.create({ url, enabled_events: ['*'] });
    await eventDestinations.create(endpoint(url, { enabled_events: ['invoice.voided'] }));

    stripe.local.emit({ type: 'invoice.paid' });
    await stripe.delivered();

    const versions = [one.webhook_endpoint?.signing_secret, other.secret].map((secret) => {
      const mine = stripe.received.filter(({ body, signature }) => {
        try {
          return Stripe.webhooks.constructEvent(body, signature, secret ?? '');
        } catch {
          return false;
        }
      });
      return mine.map(({ body }) => JSON.parse(body).api_version);
    });
    expect(stripe.received).toHaveLength(2);
    expect(versions).toEqual([['2025-01-27.acacia'], ['2026-10-28.endive']]);
  });

  it('follow the kind of accounts, and * leaves out what requires selection', async () => {
    const { stripe, url } = await withReceiver();
    await using _ = stripe;
    await stripe.test.v2.core.eventDestinations.create(
      endpoint(`${url}/connected`, { enabled_events: ['*'], events_from: ['@accounts'] }),
    );

    const sent = [
      stripe.local.emit({ type: 'invoice.paid', account: 'acct_1' }),
      stripe.local.emit({ type: 'invoice.paid' }),
    ].flat();

    expect(sent.map(({ destination }) => destination)).toEqual([expect.stringMatching(/^ed_test_/), 'none']);
    expect(() => stripe.local.emit({ type: 'reporting.report_type.updated', account: 'acct_1' })).toThrow(
      'requires selection',
    );
    expect((await stripe.test.accounts.list()).data.map(({ id }) => id)).toEqual(['acct_1']);
  });

  it('are not made of events that arise while it is disabled, and end when it is deleted', async () => {
    const answers = [500, 500];
    const { stripe, url } = await withReceiver(() => answers.shift() ?? 200);
    await using _ = stripe;
    const { eventDestinations } = stripe.test.v2.core;
    const { id } = await eventDestinations.create(endpoint(url));

    await eventDestinations.disable(id);
    stripe.local.emit({ type: 'invoice.paid' });
    await eventDestinations.enable(id);
    const [kept] = stripe.local.emit({ type: 'invoice.paid', delayMs: 50 });
    await eventDestinations.del(id);
    await stripe.delivered();

    expect(stripe.received).toEqual([]);
    expect((await stripe.test.events.list({ delivery_success: false })).data.map((event) => event.id)).toEqual([
      kept?.id,
    ]);
  });

  it('of a ping go to the one destination, whatever it asks for', async () => {
    const { stripe, url } = await withReceiver();
    await using _ = stripe;
    const { id } = await stripe.test.v2.core.eventDestinations.create(endpoint(url));

    const event = await stripe.test.v2.core.eventDestinations.ping(id);
    await stripe.delivered();

    expect(stripe.received.map(({ body }) => JSON.parse(body))).toMatchObject([
      { id: event.id, type: 'v2.core.event_destination.ping', related_object: { id } },
    ]);
  });
});
