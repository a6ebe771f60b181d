import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '#functions/partner-ingress/unwrap.ts';
import { BusRefused, LedgerUnavailable, PublishFailed } from '#shared/errors/store-errors.ts';
import { LEASE_MS, never, snapshot } from '../ingress/ingress-fakes.ts';
import { enveloped, partnerWorld, SOURCE } from './partner-fakes.ts';

const thin = JSON.stringify({
  id: 'evt_test_thin',
  object: 'v2.core.event',
  type: 'v1.invoice.paid',
  livemode: false,
  created: '2026-11-20T11:59:58.328027017Z',
  related_object: { id: 'in_1', type: 'invoice', url: '/v1/invoices/in_1' },
});

describe('an event from a partner bus', () => {
  it('is published in Stripe’s own bytes, with where it came from', async () => {
    const world = partnerWorld();
    const body = snapshot()
      .replace('4200', '12345678901234567890')
      .replace('"object":"invoice"', '"object" : "invoice", "rate":1.0');

    const kept = await world.receive(enveloped(body));

    expect(kept).toEqual([]);
    const { detail = '', ...entry } = world.entries[0] ?? {};
    expect(entry).toMatchObject({ source: 'stripe', detailType: 'invoice.paid' });
    expect(detail.startsWith(body.slice(0, -1))).toBe(true);
    expect(JSON.parse(detail).fanout).toMatchObject({ payload: 'snapshot', via: 'partner', destination: 'bridge' });
    expect(world.ledger.rows.get('evt_1 publish')?.status).toBe('done');
    expect([...world.counts]).toEqual([['Accepted', 1]]);
  });

  it('is published for the resolver when it is thin', async () => {
    const world = partnerWorld();

    await world.receive(enveloped(thin));

    expect(world.entries).toMatchObject([{ source: 'stripe.thin', detailType: 'invoice.paid' }]);
    expect(JSON.parse(world.entries[0]?.detail ?? '').fanout).toMatchObject({ payload: 'thin', via: 'partner' });
  });

  it('is a duplicate when its webhook twin was published, and is then done', async () => {
    const world = partnerWorld();
    const outcome = await world.ledger.claim({ event: 'evt_1', stage: 'publish' }, undefined, never.work);
    if (outcome.outcome === 'claimed') await world.ledger.complete(outcome.claim, never.settle);

    const kept = await world.receive(enveloped(snapshot()));

    expect([kept, world.entries]).toEqual([[], []]);
    expect([...world.counts]).toEqual([['Duplicate', 1]]);
  });

  it('is published once when one batch brings it twice', async () => {
    const world = partnerWorld();

    const kept = await world.receive(enveloped(snapshot()), enveloped(snapshot()));

    expect(kept).toEqual([]);
    expect(world.entries).toHaveLength(1);
  });

  it('comes back when the lease ends of a twin that is in flight elsewhere', async () => {
    const world = partnerWorld();
    await world.ledger.claim({ event: 'evt_1', stage: 'publish' }, undefined, never.work);

    const kept = await world.receive(enveloped(snapshot()));

    expect(kept).toEqual(['m0']);
    // It has waited a second for the twin already.
    expect(world.hidden).toEqual([LEASE_MS / 1000 - 1]);
    expect([...world.counts]).toEqual([['InProgress', 1]]);
    expect(world.listed.size).toBe(0);
  });

  it('stays in the queue when PutEvents fails, and its ledger row says why', async () => {
    const world = partnerWorld();
    world.fail.publish.push(new PublishFailed('throttled'));

    const first = await world.receive(enveloped(snapshot()));
    const row = { ...world.ledger.rows.get('evt_1 publish') };
    const second = await world.receive(enveloped(snapshot()));

    expect(first).toEqual(['m0']);
    expect(world.hidden).toEqual([60]);
    expect(row).toMatchObject({ errorCode: 'publish_failed', leaseUntil: 0 });
    // Not a second time under the event's handling.
    expect(world.listed.size).toBe(0);
    expect(second).toEqual([]);
    expect(world.entries).toHaveLength(1);
  });

  it('stays in the queue when the ledger does not answer', async () => {
    const world = partnerWorld();
    world.ledger.claim = async () => {
      throw new LedgerUnavailable('no answer');
    };

    expect(await world.receive(enveloped(snapshot()))).toEqual(['m0']);
    expect(world.counts.get('Failed_ledger_unavailable')).toBe(1);
    expect([...world.listed]).toEqual([['evt_1 handle#partner', 'ledger_unavailable']]);
  });

  it('that the bus refuses for good is kept, announced and done', async () => {
    const world = partnerWorld();
    world.fail.publish.push(new BusRefused('too deep', 'MalformedDetail'));

    expect(await world.receive(enveloped(snapshot()))).toEqual([]);
    expect(world.entries).toMatchObject([{ detailType: 'stripe_fanout.refused' }]);
    expect(world.stored.get('events/evt_1.json')).toBe(snapshot());
  });

  it('of a connected account’s test mode is ignored at a live source', async () => {
    const world = partnerWorld({ mode: 'live' });

    expect(await world.receive(enveloped(snapshot({ account: 'acct_1' })))).toEqual([]);
    expect(world.entries).toEqual([]);
    expect([...world.counts]).toEqual([['Ignored', 1]]);
  });
});

describe('what no retry can help', () => {
  it.each([
    ['no JSON', 'garbage', 'not_a_stripe_event', 'message:m0 handle#partner'],
    ['no envelope', '[]', 'not_a_stripe_event', 'message:m0 handle#partner'],
    ['no Stripe event', enveloped('{"id":"evt_1"}'), 'not_a_stripe_event', 'message:m0 handle#partner'],
    ['a key of ours', enveloped(snapshot({ fanout: {} })), 'not_a_stripe_event', 'message:m0 handle#partner'],
    [
      'a source that is not declared',
      enveloped(snapshot(), 'aws.partner/stripe.com/ed_2'),
      'partner_source_unknown',
      'evt_1 handle#partner',
    ],
    ['the other mode', enveloped(snapshot({ livemode: true })), 'destination_mismatch', 'evt_1 handle#partner'],
  ])('is parked with its reason: %s', async (_, body, code, row) => {
    const world = partnerWorld();

    const kept = await world.receive(body, enveloped(snapshot({ id: 'evt_good' })));

    expect(kept).toEqual([]);
    expect(world.parked).toEqual([code]);
    expect([...world.listed]).toEqual([[row, code]]);
    expect(world.counts.get(`Parked_${code}`)).toBe(1);
    // One bad message keeps no other from being taken.
    expect(world.entries).toHaveLength(1);
  });

  it('is no failure any more once it was redriven and taken', async () => {
    const world = partnerWorld({ mode: 'live' });
    await world.receive(enveloped(snapshot()));
    Object.assign(world.ports.sources[0] ?? {}, { mode: 'test' });

    await world.receive(enveloped(snapshot()));

    expect(world.listed.size).toBe(0);
    expect(world.entries).toHaveLength(1);
  });

  it('is never quoted in a log line', async () => {
    const world = partnerWorld();

    await world.receive('{"detail":"4242424242424242"', enveloped('{"card":"4242424242424242"}'));

    expect(JSON.stringify(world.logged)).not.toContain('4242');
  });
});

describe('unwrap', () => {
  it('gives back exactly the text of the detail, whatever stands in it', () => {
    const message = (body: string) => ({ messageId: 'm', receiptHandle: 'h', body, receiveCount: 1 });
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (extra, other) => {
        const detail = snapshot({ extra, other });

        expect(unwrap(message(enveloped(detail)))).toMatchObject({ text: detail, source: SOURCE.source });
      }),
    );
  });
});
