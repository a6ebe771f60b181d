import { describe, expect, it } from 'vitest';
import { GENERATION_FAILURE } from '#shared/destinations/wanted-types.ts';
import type { ThinEvent } from '#shared/event/stripe-event.ts';
import { HOUR, reconcilerWorld } from './reconciler-fakes.ts';

const OWN = { name: 'account', mode: 'both', payload: 'snapshot', accounts: 'own' } as const;
const CONNECT = { name: 'connect', mode: 'both', payload: 'thin', accounts: 'connected' } as const;

/** What Stripe announces of an event that it failed to make. */
function announcement(id: string, impact: object): ThinEvent {
  return {
    id,
    object: 'v2.core.event',
    type: GENERATION_FAILURE,
    created: new Date(Date.now() - HOUR).toISOString(),
    livemode: false,
    data: { alert_id: 'alert_1', grouping_key: 'k', impact, summary: 'An event was not made.' },
  };
}

const invoice = { id: 'in_1', type: 'invoice', url: '/v1/invoices/in_1' };

async function connected(...announcements: readonly ThinEvent[]) {
  const world = await reconcilerWorld({ destinations: [OWN, CONNECT] });
  for (const one of world.wanted) await world.connect(one);
  for (const one of announcements) world.stripe.local.world.thin.add({ livemode: false }, one);
  return world;
}

describe('an event that Stripe failed to make', () => {
  it('is published as the notification of it would have been, for the resolver, and once', async () => {
    await using world = await connected(
      announcement('evt_test_own', { event_type: 'invoice.paid', related_object: invoice }),
      announcement('evt_test_theirs', {
        event_type: 'v1.invoice.paid',
        related_object: invoice,
        context: 'acct_1Connected',
      }),
    );

    const report = await world.run({});
    const again = await world.run({});

    expect([report, again]).toMatchObject([
      { outcome: 'done', missing: 2, published: 2 },
      { outcome: 'done', missing: 0 },
    ]);
    expect(world.entries.map(({ source, detailType }) => `${source} ${detailType}`)).toEqual([
      'stripe.thin invoice.paid',
      'stripe.thin invoice.paid',
    ]);
    const events = world.entries.map(({ detail }) => JSON.parse(detail)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(events).toMatchObject([
      { id: 'evt_test_own_lost', type: 'v1.invoice.paid', related_object: invoice, fanout: { destination: 'account' } },
      { id: 'evt_test_theirs_lost', context: 'acct_1Connected', fanout: { destination: 'connect', via: 'reconcile' } },
    ]);
  });

  it('is nobody’s concern when no destination of that account enables its type', async () => {
    await using world = await connected(
      announcement('evt_test_1', { event_type: 'invoice.unheard_of', related_object: invoice }),
      announcement('evt_test_2', {
        event_type: 'treasury.received_credit.created',
        related_object: invoice,
        context: 'acct_1',
      }),
    );

    expect(await world.run({})).toMatchObject({ outcome: 'done', missing: 0 });
  });

  it('is asked for by itself where the list does not say which it was, and told when nobody can', async () => {
    await using world = await connected(
      announcement('evt_test_1', { event_type: 'invoice.paid', related_object: invoice }),
      announcement('evt_test_2', { event_type: 'invoice.paid' }),
    );
    const { request } = world.ports.stripe;
    Object.assign(world.ports.stripe, {
      request: async (...args: Parameters<typeof request>) => {
        const answer = await request.apply(world.ports.stripe, args);
        if (!args[0].path.startsWith('/v2/core/events?')) return answer;
        const value = JSON.parse(answer.text);
        for (const event of value.data) delete event.data;
        return { ...answer, value, text: JSON.stringify(value) };
      },
    });

    expect(await world.run({})).toMatchObject({ published: 1 });
    expect(world.logs).toContainEqual(
      expect.objectContaining({ message: 'lost event not readable', event: 'evt_test_2' }),
    );
  });

  it('is not looked for where API v2 may not be used', async () => {
    await using world = await connected();
    world.stripe.local.faults.add({ path: '/v2/core/events', answer: 403, times: 10 });

    expect(await world.run({})).toMatchObject({ outcome: 'done', failed: [] });
  });
});
