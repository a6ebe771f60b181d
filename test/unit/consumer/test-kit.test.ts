import { describe, expect, it } from 'vitest';
import { asReference } from '#consumer/testing/as-reference.ts';
import { eventBridgeEvent, sqsBatch } from '#consumer/testing/sample-deliveries.ts';
import { sampleStripeEvent } from '#consumer/testing/sample-stripe-event.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { whyNotStripeEvent } from '#shared/event/stripe-event.ts';
import { matchesPattern } from '#shared/patterns/matches-pattern.ts';
import { patternForRoute } from '#shared/patterns/pattern-for-route.ts';
import { sampleFanoutEvent } from '#shared/samples/sample-fanout-event.ts';

const CATALOGUED = EVENT_TYPES.map(({ type }) => type);

describe('the test kit', () => {
  it('has a valid event of each of the 386 types, which the rule of its type lets through', () => {
    for (const type of CATALOGUED) {
      const { fanout, ...event } = sampleFanoutEvent(type);
      const route = longestPrefix(type);

      expect([type, whyNotStripeEvent(event)]).toEqual([type, undefined]);
      expect(fanout.version).toBe(1);
      expect(route && matchesPattern(patternForRoute(route), eventBridgeEvent({ ...event, fanout }))).toBe(true);
    }
    expect(CATALOGUED).toHaveLength(386);
  });

  it('gives an object the fields it is told to, at any depth, and leaves the others', () => {
    const { data } = sampleStripeEvent('invoice.payment_failed', {
      object: { attempt_count: 3, status_transitions: { finalized_at: 5 } },
    });
    const { data: untold } = sampleStripeEvent('invoice.payment_failed');

    expect(data.object).toEqual({
      ...untold.object,
      attempt_count: 3,
      status_transitions: { ...untold.object.status_transitions, finalized_at: 5 },
    });
  });

  it('gives the same event for the same seed, and another for another', () => {
    const [one, same, other] = ['a', 'a', 'b'].map((seed) => sampleStripeEvent('charge.succeeded', { seed }));

    expect(one).toEqual(same);
    expect(one?.id).not.toBe(other?.id);
    expect(one?.data.object.id).not.toBe(other?.data.object.id);
  });

  it('lets a sample belong to a connected account, also where Stripe sends the type thin', () => {
    const [snapshot, resolved] = ['invoice.paid', 'v2.core.account.closed'].map((type) =>
      sampleFanoutEvent(type, { account: 'acct_1' }),
    );

    expect([snapshot?.account, resolved?.account]).toEqual(['acct_1', 'acct_1']);
    expect([snapshot?.fanout.payload, resolved?.fanout.payload]).toEqual(['snapshot', 'resolved']);
  });

  it('makes a reference with what patterns look at, and refuses to make one of a reference', () => {
    const event = sampleStripeEvent('invoice.paid', { object: { metadata: { team: 'a' } } });
    const { event: referring } = asReference(event);

    expect(referring.data.object).toMatchObject({ id: event.data.object.id, metadata: { team: 'a' } });
    expect(referring.data.object).not.toHaveProperty('lines');
    expect(referring.fanout).toMatchObject({ payload: 'reference', reference: { payload: 'snapshot' } });
    expect(() => asReference(referring)).toThrow(TypeError);
  });

  it('makes batches whose messages have ids of their own', () => {
    const { Records } = sqsBatch(...['a', 'b'].map((seed) => sampleStripeEvent('invoice.paid', { seed })));

    expect(new Set(Records.map(({ messageId }) => messageId)).size).toBe(2);
  });
});
