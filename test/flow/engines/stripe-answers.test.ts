import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchParts } from '#functions/resolver/fetch-parts.ts';
import { NotFoundBreaker } from '#functions/resolver/not-found-breaker.ts';
import { resolvedEvent } from '#functions/resolver/resolved-event.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { listDestinations } from '#shared/destinations/list-destinations.ts';
import { StripeDestinations } from '#shared/destinations/stripe-destinations.ts';
import { sliceMembers } from '#shared/event/json-slice.ts';
import { Pacer } from '#shared/pacing/pacer.ts';
import { sampleThinEvent } from '#shared/samples/thin/sample-thin-event.ts';
import { listAccounts } from '#shared/stripe/list-accounts.ts';
import { listEvents } from '#shared/stripe/list-events.ts';
import { PacedStripe } from '#shared/stripe/paced-stripe.ts';
import { OTHER_STRIPE, type StripeEngine, startStripeEngine } from './start-stripe-engine.ts';

const clock = { now: Date.now };
const never = new AbortController().signal;
const claim = { event: 'evt_1', stage: 'resolve', owner: 'test', leaseUntil: Date.now(), takenOver: false } as const;
const telemetry = {
  log: () => undefined,
  count: () => undefined,
  countNow: () => undefined,
  duration: () => undefined,
};

/** One thin type for each kind of related object; of those whose event need not be fetched too, where there is one. */
const TYPE_OF_KIND = new Map(
  EVENT_TYPES.filter(({ thin }) => thin !== undefined && thin.relatedObject !== 'none')
    .toSorted((a, b) => Number(b.thin?.carriesData ?? false) - Number(a.thin?.carriesData ?? false))
    .map(({ type }) => [sampleThinEvent(type).notification.related_object?.type ?? '', type] as const),
);
/** stripe-mock speaks API v1 only. */
const KINDS = [...TYPE_OF_KIND.keys()].filter((kind) => OTHER_STRIPE === undefined || !kind.startsWith('v2.'));

let engine: StripeEngine;
beforeAll(async () => {
  engine = await startStripeEngine();
});
afterAll(() => engine[Symbol.asyncDispose]());

/** The notification of a kind's type, the object it names, and how the resolver asks for it. */
function about(kind: string) {
  const sample = sampleThinEvent(TYPE_OF_KIND.get(kind) ?? '', { seed: `engine ${kind}` });
  const pacer = new Pacer(10_000, { clock, sleep: (ms, signal) => sleep(ms, undefined, { signal }) });
  const stripe = new PacedStripe({ stripe: engine.api, pacer, telemetry, clock });
  const asking = { stripe, breaker: new NotFoundBreaker(clock), signal: never };
  return { sample, notification: sample.notification, asking };
}

describe('the resolver', () => {
  it('knows a type for each of the kinds that thin events name', () => {
    expect(KINDS.length).toBe(OTHER_STRIPE === undefined ? 75 : 61);
  });

  it.each(KINDS)('makes a whole event of a notification about a %s', async (kind) => {
    const { sample, notification, asking } = about(kind);
    engine.know(sample);

    const parts = await fetchParts(notification, claim, asking);
    const fanout = {
      version: 1,
      payload: 'thin',
      via: 'webhook',
      destination: 'account',
      publishedAt: '',
      receivedAt: '',
    } as const;
    const members = sliceMembers(JSON.stringify(notification));
    const { event, text } = resolvedEvent({ event: notification, members, fanout }, parts, notification.id, undefined);

    const { id } = notification.related_object ?? {};
    expect(parts.missing).toBe(false);
    expect(event.data.object).toMatchObject({ object: kind, ...(id !== undefined && { id }) });
    expect(JSON.parse(text).data.object).toEqual(event.data.object);
  });

  it('is told that there is no such thing', async () => {
    const path = '/v1/unheard_of/thing_1';

    await expect(engine.api.request({ path, livemode: false }, never)).rejects.toMatchObject({
      code: 'stripe_not_found',
    });
  });

  it.runIf(OTHER_STRIPE !== undefined)('could be asked about no kind of API v2 there', async () => {
    const kinds = [...TYPE_OF_KIND.keys()].filter((kind) => kind.startsWith('v2.'));

    for (const kind of kinds) {
      const { url: path = '' } = about(kind).notification.related_object ?? {};
      await expect(engine.api.request({ path, livemode: false }, never)).rejects.toMatchObject({
        code: 'stripe_not_found',
      });
    }
  });
});

describe('the commands', () => {
  const url = 'https://example.com/webhooks/stripe/account';
  const made = {
    wanted: {
      slot: 'account/snapshot',
      destination: 'account',
      api: 'v1',
      payload: 'snapshot',
      accounts: 'own',
      url,
      enabledEvents: ['charge.succeeded', 'invoice.paid'],
    },
    name: 'stripe-fanout dev',
    enabledEvents: ['charge.succeeded', 'invoice.paid'],
    metadata: { stage: 'dev' },
  } as const;

  it('make, change, silence and remove a classic endpoint as Stripe takes it', async () => {
    const destinations = new StripeDestinations(engine.api, 'test', () => crypto.randomUUID());

    const creating = destinations.create(made, never);
    // Its examples of an endpoint have no secret, which Stripe tells at the creation; the request itself it takes.
    if (OTHER_STRIPE !== undefined) await expect(creating).rejects.toThrow('without its id or its signing secret');
    else expect((await creating).secret).toMatch(/^whsec_/);
    const [found] = await listDestinations(engine.api, false, new Set(['v1']), never);
    if (found === undefined) throw new Error('There is no endpoint in the list.');
    const change = { enabledEvents: ['charge.failed'], url: `${url}/2`, metadata: { stage: 'prod' } };

    await destinations.update(found, change, never);
    await destinations.disable(found, never);
    await destinations.enable(found, never);
    await destinations.remove(found, never);

    expect(found).toMatchObject({ api: 'v1', kind: 'webhook_endpoint', payload: 'snapshot' });
  });

  it('learn whose key they have', async () => {
    const destinations = new StripeDestinations(engine.api, 'test', () => crypto.randomUUID());

    expect(await destinations.account(never)).toMatch(/^acct_/);
  });

  it('read the lists of accounts and events', async () => {
    const hour = 3_600_000;
    const range = { from: Date.now() - hour, to: Date.now() };

    const accounts = await listAccounts(engine.api, false, undefined, never);
    const page = await listEvents(engine.api, { payload: 'snapshot', livemode: false, ...range }, undefined, never);

    expect(accounts.ids.every((id) => id.startsWith('acct_'))).toBe(true);
    expect(page.unreadable).toBe(0);
  });
});
