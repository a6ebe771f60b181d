import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receive } from '#functions/ingress/receive.ts';
import {
  BusRefused,
  LedgerUnavailable,
  PayloadStoreUnavailable,
  PublishFailed,
  PublishUnknown,
  SecretUnavailable,
} from '#shared/errors/store-errors.ts';
import { type FakeWorld, fakeWorld, LEASE_MS, NOW, never, signed, snapshot } from './ingress-fakes.ts';

async function post(world: FakeWorld, delivery = signed(snapshot(), { at: world.time.now })) {
  const answer = await receive(world, delivery, never);
  return { ...answer, json: JSON.parse(answer.body) };
}

const thin = (overrides: object = {}) =>
  JSON.stringify({
    id: 'evt_test_thin',
    object: 'v2.core.event',
    type: 'v1.invoice.paid',
    livemode: false,
    created: '2026-11-20T11:59:58.328027017Z',
    related_object: { id: 'in_1', type: 'invoice', url: '/v1/invoices/in_1' },
    ...overrides,
  });

describe('accepting', () => {
  it('answers 200 once the event is on the bus, with the ledger row done', async () => {
    const world = fakeWorld();

    const answer = await post(world);

    expect(answer).toMatchObject({ statusCode: 200, json: { received: true, id: 'evt_1', outcome: 'accepted' } });
    expect(world.entries).toMatchObject([{ source: 'stripe', detailType: 'invoice.paid', time: new Date(NOW) }]);
    expect(world.ledger.rows.get('evt_1 publish')?.status).toBe('done');
  });

  it("keeps Stripe's own bytes and adds one key", async () => {
    const world = fakeWorld();
    const body = snapshot()
      .replace('4200', '12345678901234567890')
      .replace('"object":"invoice"', '"object" : "invoice", "rate":1.0');

    await post(world, signed(body));

    const detail = world.entries[0]?.detail ?? '';
    expect(detail.startsWith(body.slice(0, -1))).toBe(true);
    expect(JSON.parse(detail).fanout).toEqual({
      version: 1,
      payload: 'snapshot',
      via: 'webhook',
      destination: 'account',
      publishedAt: '2026-11-20T12:00:00.000Z',
      receivedAt: '2026-11-20T12:00:00.000Z',
    });
  });

  it('publishes a thin notification for the resolver, under its canonical type', async () => {
    const world = fakeWorld();

    await post(world, signed(thin()));

    expect(world.entries).toMatchObject([{ source: 'stripe.thin', detailType: 'invoice.paid' }]);
    expect(JSON.parse(world.entries[0]?.detail ?? '')).toMatchObject({
      type: 'v1.invoice.paid',
      fanout: { payload: 'thin' },
    });
  });

  it('does not shorten the type of a snapshot, so that detail-type and detail.type stay equal', async () => {
    const world = fakeWorld();

    await post(world, signed(snapshot({ type: 'v1.invoice.paid' })));

    expect(world.entries[0]?.detailType).toBe('v1.invoice.paid');
  });

  it('answers a repeated event as duplicate and publishes it once', async () => {
    const world = fakeWorld();

    await post(world);
    const again = await post(world);

    expect(again).toMatchObject({ statusCode: 200, json: { outcome: 'duplicate' } });
    expect(world.entries).toHaveLength(1);
  });

  it('publishes fifty deliveries of one event at once only once', async () => {
    const world = fakeWorld();

    const answers = await Promise.all(Array.from({ length: 50 }, () => post(world)));

    expect(world.entries).toHaveLength(1);
    expect(answers.every(({ statusCode }) => statusCode === 200 || statusCode === 409)).toBe(true);
  });

  it('asks Stripe to come again when the event stays in flight elsewhere for a second', async () => {
    const world = fakeWorld();
    await world.ledger.claim({ event: 'evt_1', stage: 'publish' }, undefined, never.work);

    const answer = await post(world);

    expect(answer).toMatchObject({
      statusCode: 409,
      headers: { 'retry-after': '14' },
      json: { error: { code: 'event_in_flight' } },
    });
    expect(world.time.now - NOW).toBe(1_000);
  });

  it('takes over after the lease of a crashed request has ended, and counts that it may repeat', async () => {
    const world = fakeWorld();
    await world.ledger.claim({ event: 'evt_1', stage: 'publish' }, undefined, never.work);
    world.time.now += LEASE_MS;

    const answer = await post(world);

    expect(answer.json.outcome).toBe('accepted');
    expect(world.counts.get('PublishRepeated')).toBe(1);
  });
});

describe('large and refused events', () => {
  it('puts an event above the inline limit aside and publishes a reference that patterns still match', async () => {
    const world = fakeWorld();
    const body = snapshot({
      data: {
        object: {
          id: 'in_1',
          object: 'invoice',
          total: 5,
          note: 'x'.repeat(2_000),
          metadata: { order: '7' },
          lines: ['y'.repeat(300_000)],
        },
      },
    });

    const answer = await post(world, signed(body));

    const detail = JSON.parse(world.entries[0]?.detail ?? '');
    expect(answer.json.outcome).toBe('accepted');
    expect(world.stored.get('events/evt_1.json')).toBe(body);
    expect(detail.data).toEqual({ object: { id: 'in_1', object: 'invoice', total: 5, metadata: { order: '7' } } });
    expect(detail.fanout).toMatchObject({
      payload: 'reference',
      reference: { bucket: 'payloads', key: 'events/evt_1.json', bytes: body.length, payload: 'snapshot' },
    });
  });

  it('announces an event that the bus refuses for good as unrecognized, and answers 200', async () => {
    const world = fakeWorld();
    world.fail.publish.push(new BusRefused('too deep', 'MalformedDetail'));

    const answer = await post(world);

    expect(answer.json.outcome).toBe('accepted');
    expect(world.stored.get('events/evt_1.json')).toBe(snapshot());
    expect(world.entries).toMatchObject([{ source: 'stripe', detailType: 'stripe_fanout.refused' }]);
    expect(JSON.parse(world.entries[0]?.detail ?? '')).toMatchObject({
      id: 'evt_1',
      type: 'stripe_fanout.refused',
      fanout: { payload: 'reference', refused: { type: 'invoice.paid', code: 'MalformedDetail' } },
    });
    expect(world.counts.get('BusRefused')).toBe(1);
  });
});

describe('faults on our side', () => {
  it.each([
    ['publish', new PublishFailed('throttled'), 'publish_failed'],
    ['publish', new PublishUnknown('no answer'), 'publish_failed'],
    ['secret', new SecretUnavailable('no answer'), 'secret_unavailable'],
  ] as const)('answers 503 when %s fails, and accepts the event when Stripe tries again', async (kind, error, code) => {
    const world = fakeWorld();
    world.fail[kind].push(error);

    const first = await post(world);
    const second = await post(world);

    expect(first).toMatchObject({ statusCode: 503, json: { error: { code } } });
    expect(second).toMatchObject({ statusCode: 200, json: { outcome: 'accepted' } });
    expect(world.entries).toHaveLength(1);
  });

  it('answers 503 when a large event cannot be put aside, and publishes nothing that points to it', async () => {
    const world = fakeWorld();
    world.fail.put.push(new PayloadStoreUnavailable('no answer'));

    const answer = await post(world, signed(snapshot({ padding: 'x'.repeat(250_000) })));

    expect(answer).toMatchObject({ statusCode: 503, json: { error: { code: 'publish_failed' } } });
    expect(world.entries).toEqual([]);
  });

  it('answers 503 when the ledger does not answer the claim', async () => {
    const world = fakeWorld();
    world.ledger.claim = async () => {
      throw new LedgerUnavailable('no answer');
    };

    expect(await post(world)).toMatchObject({ statusCode: 503, json: { error: { code: 'ledger_unavailable' } } });
  });

  it('names the event that it could not take, so that a log query by its id finds it', async () => {
    const world = fakeWorld();
    world.ledger.claim = async () => {
      throw new LedgerUnavailable('no answer');
    };

    await post(world);

    expect(world.logged).toContainEqual(
      expect.objectContaining({ message: 'not taken', event: 'evt_1', code: 'ledger_unavailable' }),
    );
  });

  it('answers 200 when the event is on the bus though the ledger could not be settled, and counts it', async () => {
    const world = fakeWorld();
    world.ledger.complete = async () => {
      throw new LedgerUnavailable('no answer');
    };

    expect(await post(world)).toMatchObject({ statusCode: 200, json: { outcome: 'accepted' } });
    expect(world.counts.get('CompleteUnknown')).toBe(1);
  });

  it('answers 503 to a fault nobody thought of, without its message', async () => {
    const world = fakeWorld();
    world.fail.publish.push(new TypeError('secret detail'));

    const answer = await post(world);

    expect(answer).toMatchObject({ statusCode: 503, json: { error: { code: 'unexpected_error' } } });
    expect(answer.body).not.toContain('secret detail');
  });
});

describe('refusing', () => {
  it.each([
    ['an unknown destination', signed(snapshot(), { destination: 'nobody' }), 404, 'destination_unknown'],
    ['no body', { ...signed(''), body: Buffer.alloc(0) }, 400, 'body_not_json'],
    ['a body above 4 MB', signed('x'.repeat(4 * 1024 * 1024 + 1)), 413, 'body_too_large'],
    ['no signature', { ...signed(snapshot()), signature: undefined }, 400, 'signature_missing'],
    ['a garbled signature', { ...signed(snapshot()), signature: 'nonsense' }, 400, 'signature_malformed'],
    ['a stale delivery', signed(snapshot(), { at: NOW - 301_000 }), 400, 'timestamp_outside_tolerance'],
    ['a delivery from the future', signed(snapshot(), { at: NOW + 301_000 }), 400, 'timestamp_outside_tolerance'],
    ["another's signature", signed(snapshot(), { secret: 'whsec_other' }), 400, 'signature_mismatch'],
    ['signed text that is not JSON', signed('{"id":'), 400, 'body_not_json'],
    ['signed JSON that is not an event', signed('{"object":"charge"}'), 400, 'not_a_stripe_event'],
    ['a type that is no type', signed(snapshot({ type: 'Invoice Paid' })), 400, 'not_a_stripe_event'],
    ['a type too long for the bus', signed(snapshot({ type: `a.${'b'.repeat(127)}` })), 400, 'not_a_stripe_event'],
    ['an event with a key of ours', signed(snapshot({ fanout: {} })), 400, 'not_a_stripe_event'],
  ])('answers %s with its code and a remedy, and changes nothing', async (_name, delivery, statusCode, code) => {
    const world = fakeWorld();

    const answer = await post(world, delivery);

    expect(answer.statusCode).toBe(statusCode);
    expect(answer.json).toEqual({ error: { code, message: expect.any(String), remedy: expect.any(String) } });
    expect(world.entries).toEqual([]);
    expect(world.ledger.rows.size).toBe(0);
    expect(world.counts.get(`Refused_${code}`)).toBe(1);
  });

  it.each([
    [{ mode: 'live' }, {}],
    [{ mode: 'test' }, { livemode: true }],
    [{ payload: 'thin' }, {}],
    [{ accounts: 'connected' }, {}],
    [{ accounts: 'own' }, { account: 'acct_1' }],
  ] as const)('refuses at a destination with %j an event with %j', async (destination, overrides) => {
    const world = fakeWorld([destination]);

    expect((await post(world, signed(snapshot(overrides)))).json.error.code).toBe('destination_mismatch');
  });

  it('ignores test events of connected accounts at a live destination, which Stripe sends by design', async () => {
    const world = fakeWorld([{ mode: 'live', accounts: 'connected' }]);

    const answer = await post(world, signed(snapshot({ account: 'acct_1' })));

    expect(answer).toMatchObject({ statusCode: 200, json: { outcome: 'ignored' } });
    expect(world.entries).toEqual([]);
  });

  it('never echoes or logs the body, whatever it is, and never answers 5xx for it', async () => {
    const json = fc.json({ maxDepth: 5 }).map((text) => Buffer.from(text));
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
    const event = fc.jsonValue().map((value) => Buffer.from(snapshot({ data: value, id: 'evt_1' })));
    await fc.assert(
      fc.asyncProperty(fc.oneof(json, bytes, event), async (body) => {
        const world = fakeWorld();

        const answer = await post(world, signed(body));

        expect([200, 400]).toContain(answer.statusCode);
        if (body.length > 20) expect(answer.body + JSON.stringify(world.logged)).not.toContain(body.toString());
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['nested 200,000 deep', `{"id":"evt_1","object":"event","a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
    ['with a __proto__ key', snapshot().replace('"pending_webhooks"', '"__proto__":{"livemode":1},"pending_webhooks"')],
    ['with a lone surrogate', snapshot({ note: '\ud800' })],
    ['with a huge number', snapshot().replace('4200', '1e999')],
  ])('answers a body %s without a fault', async (_name, body) => {
    const answer = await post(fakeWorld(), signed(body));

    expect([200, 400]).toContain(answer.statusCode);
  });
});

describe('signing secrets', () => {
  it('accepts a rotated secret without a deploy', async () => {
    const world = fakeWorld();
    await post(world);
    world.secret = JSON.stringify({ account: ['whsec_new'] });
    world.time.now += 60_000;

    const answer = await post(world, signed(snapshot({ id: 'evt_2' }), { secret: 'whsec_new', at: world.time.now }));

    expect(answer.json.outcome).toBe('accepted');
  });

  it('reads the secrets again at most once a minute under a flood of forgeries', async () => {
    const world = fakeWorld();

    for (let second = 0; second < 59; second += 1) {
      world.time.now += 1_000;
      await post(world, signed(snapshot(), { secret: 'whsec_forged', at: world.time.now }));
    }

    expect(world.secretReads).toBe(1);
  });

  it('goes on with the secrets it has when they cannot be read again', async () => {
    const world = fakeWorld();
    await post(world);
    world.time.now += 300_000;
    world.fail.secret.push(new SecretUnavailable('no answer'));

    const answer = await post(world, signed(snapshot({ id: 'evt_2' }), { at: world.time.now }));

    expect(answer.json.outcome).toBe('accepted');
  });

  it('forgets a revoked secret within five minutes', async () => {
    const world = fakeWorld();
    await post(world);
    world.secret = JSON.stringify({ account: ['whsec_new'] });
    world.time.now += 300_000;

    const answer = await post(world, signed(snapshot({ id: 'evt_2' }), { at: world.time.now }));

    expect(answer.json.error.code).toBe('signature_mismatch');
  });

  it.each(['{}', '{"account":[]}', '{"account":[""]}', '{"account":["whsec_"]}', '[]', 'not json'])(
    'answers 503 while the stored secrets are %s',
    async (secret) => {
      const world = fakeWorld();
      world.secret = secret;

      const answer = await post(world);

      expect(answer).toMatchObject({ statusCode: 503, json: { error: { code: 'secret_unavailable' } } });
      expect(answer.body).not.toContain('not json');
    },
  );
});
