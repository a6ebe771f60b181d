import { describe, expect, it } from 'vitest';
import { stripeApi } from '#functions/adapters/stripe-api.ts';
import { checkDestinations } from '#functions/destination-check/check-destinations.ts';
import { toMetadata } from '#shared/destinations/marks.ts';
import type { StripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import { type WantedDestination, wantedDestinations } from '#shared/destinations/wanted-destination.ts';
import type { Standing } from '#shared/ports/published-events.ts';
import { startStripeFixture } from '../local/stripe/start-stripe-fixture.ts';

const INSTALLATION = 'arn:aws:events:eu-west-1:123456789012:event-bus/stripe-fanout-prod';
const CONFIGURATION: StripeConfiguration = {
  apiVersion: '2026-10-28.endive',
  accounts: {},
  destinations: [{ name: 'account', mode: 'both', payload: 'either', accounts: 'own' }],
  partnerSources: [],
  domainsOff: [],
  domainsDraining: [],
};

/** Stripe's stand-in with the destinations of a configuration, and the check beside it. */
async function world(options: { key?: string; published?: readonly string[]; answer?: (n: number) => number } = {}) {
  const stripe = await startStripeFixture(options.answer ? { answer: options.answer } : {});
  const counts: Record<string, number> = {};
  const logs: Record<string, unknown>[] = [];
  const wanted = wantedDestinations(CONFIGURATION, 'test', stripe.receiver);
  const make = (one: WantedDestination, marks: object = { opened: '2026-11-24T12:00:00Z' }) =>
    stripe.test.v2.core.eventDestinations.create({
      name: one.slot,
      type: 'webhook_endpoint',
      event_payload: one.payload,
      enabled_events: [...one.enabledEvents],
      events_from: ['@self'],
      ...(one.apiVersion !== undefined && { snapshot_api_version: one.apiVersion }),
      webhook_endpoint: { url: one.url },
      metadata: toMetadata({ installation: INSTALLATION, slot: one.slot, ...marks }),
    });
  const check = async () => {
    for (const name of Object.keys(counts)) delete counts[name];
    logs.length = 0;
    await checkDestinations(
      {
        configuration: CONFIGURATION,
        webhookUrl: stripe.receiver,
        installation: INSTALLATION,
        stripe: stripeApi({
          secret: { read: async () => options.key ?? '{"test":"rk_test_local"}' },
          clock: { now: Date.now },
          baseUrl: stripe.local.url,
        }),
        published: {
          standings: async (ids) =>
            new Map(
              ids.map((id): [string, Standing] => [id, options.published?.includes(id) ? 'published' : 'missing']),
            ),
        },
        telemetry: {
          count: (name, by = 1) => {
            counts[name] = by;
          },
          countNow: () => {},
          duration: () => {},
          log: (_level, message, fields) => void logs.push({ message, ...fields }),
        },
        clock: { now: Date.now },
      },
      AbortSignal.timeout(10_000),
    );
    return { counts: { ...counts }, logs: [...logs] };
  };
  return { stripe, wanted, make, check, [Symbol.asyncDispose]: () => stripe[Symbol.asyncDispose]() };
}

describe('the destination check', () => {
  it('says nothing of a stage that nobody has connected, and nothing where all is as configured', async () => {
    await using there = await world();

    expect(await there.check()).toMatchObject({ counts: {} });

    for (const one of there.wanted) await there.make(one);
    expect(await there.check()).toMatchObject({ counts: {} });
  });

  it('leaves a mode alone that has no key, and fails when it may not ask', async () => {
    await using silent = await world({ key: '{"_placeholder":"x"}' });
    await using refused = await world({ key: '{"test":"rk_test_unknown"}' });

    expect((await silent.check()).logs).toMatchObject([{ message: 'not checked' }, { message: 'not checked' }]);
    await expect(refused.check()).rejects.toThrow('401');
  });

  it('finds what is disabled, deleted, or posts elsewhere, and names the command', async () => {
    await using there = await world();
    const made = [];
    for (const one of there.wanted) made.push(await there.make(one));
    const [snapshot, thin] = made;
    await there.stripe.test.v2.core.eventDestinations.disable(snapshot?.id ?? '');
    await there.stripe.test.v2.core.eventDestinations.del(thin?.id ?? '');

    const { counts, logs } = await there.check();

    expect(counts).toEqual({ DestinationsOff: 2 });
    expect(logs).toContainEqual(
      expect.objectContaining({
        message: 'destination off',
        slot: 'account/snapshot',
        id: snapshot?.id,
        what: expect.stringContaining('is disabled (user)'),
        repair: 'fanout destinations apply',
      }),
    );
    expect(logs).toContainEqual(expect.objectContaining({ slot: 'account/thin', what: 'is not at Stripe any more' }));

    await there.stripe.test.v2.core.eventDestinations.update(snapshot?.id ?? '', {
      webhook_endpoint: { url: 'https://elsewhere.example.com' },
    });
    expect((await there.check()).logs).toContainEqual(
      expect.objectContaining({ message: 'destination off', what: 'posts to https://elsewhere.example.com' }),
    );
  });

  it('finds types that are missing, another API version, and what a command left half made', async () => {
    await using there = await world();
    const [snapshot, thin] = there.wanted;
    if (snapshot === undefined || thin === undefined) throw new Error('Two are wanted.');
    await there.make({ ...snapshot, enabledEvents: snapshot.enabledEvents.slice(2), apiVersion: '2025-01-27.acacia' });
    await there.make(thin, {});

    const { counts, logs } = await there.check();

    expect(counts).toEqual({ DestinationsChanged: 3 });
    expect(logs).toMatchObject(
      [
        {
          what: 'API version 2025-01-27.acacia → 2026-10-28.endive',
          repair: 'fanout destinations rotate account/snapshot',
        },
        { what: 'lacks 2 event types: account.application.authorized, account.application.deauthorized' },
        { what: 'was made by a command that died, and gets nothing yet' },
        { message: 'not checked', mode: 'live' },
      ].toSorted((a) => (a.mode === 'live' ? -1 : 0)),
    );
  });

  it('of what was made by hand only minds that it is switched off', async () => {
    await using there = await world();
    const made = await there.stripe.test.webhookEndpoints.create({
      url: `${there.stripe.receiver}/account`,
      enabled_events: ['invoice.paid'],
    });
    expect(await there.check()).toMatchObject({ counts: {} });

    await there.stripe.test.webhookEndpoints.update(made.id, { disabled: true });

    expect(await there.check()).toMatchObject({ counts: { DestinationsOff: 1 } });
  });

  it('counts what Stripe has not delivered for an hour, if it is not on the bus', async () => {
    const published: string[] = [];
    await using there = await world({ published, answer: () => 500 });
    for (const one of there.wanted) await there.make(one);
    const twoHoursAgo = Date.now() / 1000 - 7_200;
    const [owed] = there.stripe.local.emit({ type: 'invoice.paid', created: twoHoursAgo });
    const [other] = there.stripe.local.emit({ type: 'invoice.paid', created: twoHoursAgo });
    there.stripe.local.emit({ type: 'invoice.paid' });
    published.push(other?.id ?? '');
    await there.stripe.delivered();

    const { counts, logs } = await there.check();

    expect(counts).toEqual({ DeliveriesPending: 1 });
    expect(logs).toContainEqual(expect.objectContaining({ message: 'deliveries pending', suchAs: [owed?.id] }));
  });
});
