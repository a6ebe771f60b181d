import { describe, expect, it } from 'vitest';
import { authorize } from '#functions/authorizer/authorize.ts';
import { policy as examplePolicy } from '#functions/authorizer/policy.ts';
import {
  LedgerUnavailable,
  ObjectsUnavailable,
  PublishFailed,
  SecretUnavailable,
} from '#shared/errors/store-errors.ts';
import { SECRET, signed } from '../ingress/ingress-fakes.ts';
import { authorizerWorld, NAME, request } from './authorizer-fakes.ts';

const approve = () => ({ approved: true });
/** Keeps its promise open whatever happens, as a call does that ignores its signal. */
const hang = () => new Promise<never>(() => undefined);

describe('a request for authorization', () => {
  it('is answered with what the policy decides, in the version of the request', async () => {
    const world = authorizerWorld(() => ({ approved: false, metadata: { reason: 'limit' } }));

    const answer = await world.ask(request({}, { api_version: '2025-01-27.acacia' }));

    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json', 'stripe-version': '2025-01-27.acacia' },
      json: { approved: false, metadata: { reason: 'limit' } },
    });
    expect(world.counts.get('Declined')).toBe(1);
    expect(world.counts.has('FellBack')).toBe(false);
  });

  it('is answered in the configured version when it names none', async () => {
    const answer = await authorizerWorld(approve).ask(request({}, { api_version: null }));

    expect(answer.headers['stripe-version']).toBe('2026-10-28.endive');
  });

  it('may be approved in part where Stripe says so', async () => {
    const world = authorizerWorld(() => ({ approved: true, amount: 500 }));

    const answer = await world.ask(request({ is_amount_controllable: true }));

    expect(answer.json).toEqual({ approved: true, amount: 500 });
    expect(world.fanout().decision).toEqual({ approved: true, amount: 500, by: 'policy' });
  });

  it('tells the policy what it needs to know', async () => {
    let asked: unknown;
    const world = authorizerWorld((seen) => {
      asked = seen;
      return { approved: true };
    });

    await world.ask(request({ amount: 777 }, { account: 'acct_1' }));

    expect(asked).toMatchObject({
      amount: 777,
      currency: 'usd',
      isAmountControllable: false,
      merchant: { category_code: expect.any(String) },
      card: { object: 'issuing.card' },
      account: 'acct_1',
      livemode: false,
    });
  });

  it('is on the bus before the answer, with what was decided', async () => {
    const world = authorizerWorld(approve);

    await world.ask();

    expect(world.entries).toMatchObject([{ source: 'stripe', detailType: 'issuing_authorization.request' }]);
    expect(world.fanout()).toMatchObject({
      via: 'webhook',
      destination: NAME,
      decision: { approved: true, by: 'policy' },
    });
    expect(world.counts.get('Accepted')).toBe(1);
  });

  it('is decided again when it comes again, and is on the bus once', async () => {
    const world = authorizerWorld(approve);

    await world.ask();
    const again = await world.ask();

    expect(again.json).toEqual({ approved: true });
    expect(world.entries).toHaveLength(1);
  });
});

describe('the fallback', () => {
  it.each([
    [
      'throws at once',
      () => {
        throw new Error('no');
      },
      'policy_failed',
    ],
    ['rejects', () => Promise.reject(new Error('no')), 'policy_failed'],
    ['hangs', hang, 'policy_late'],
    ['answers nonsense', () => JSON.parse('{"approve":true}'), 'policy_answer_invalid'],
    ['approves no amount', () => ({ approved: true, amount: 0 }), 'policy_answer_invalid'],
    ['gives an amount that nobody may set', () => ({ approved: true, amount: 5 }), 'policy_answer_invalid'],
    [
      'gives metadata that Stripe refuses',
      () => ({ approved: true, metadata: { a: 'x'.repeat(501) } }),
      'policy_answer_invalid',
    ],
  ])('is the answer when the policy %s', async (_, policy, code) => {
    for (const fallback of ['approve', 'decline'] as const) {
      const world = authorizerWorld(policy, { fallback, policyMs: 60 });

      const answer = await world.ask();

      expect(answer).toMatchObject({ status: 200, json: { approved: fallback === 'approve' } });
      expect(world.counts.get('FellBack')).toBe(1);
      expect(world.logged).toContainEqual(expect.objectContaining({ message: 'decided', by: 'fallback', code }));
      expect(world.fanout().decision).toEqual({ approved: fallback === 'approve', by: 'fallback' });
    }
  });

  it('is the answer when the start of the instance has used up the time, and the policy is not asked', async () => {
    let asked = 0;
    const world = authorizerWorld(() => {
      asked += 1;
      return { approved: true };
    });

    const answer = await world.ask(request(), world.time.now - 1_250);

    expect(answer.json).toEqual({ approved: false });
    expect(asked).toBe(0);
    // There is still time for the copy.
    expect(world.entries).toHaveLength(1);
  });

  it('is the answer when Stripe’s request cannot be read', async () => {
    const world = authorizerWorld(approve);

    const answer = await world.ask({
      ...request(),
      data: { object: { id: 'iauth_1', object: 'issuing.authorization' } },
    });

    expect(answer).toMatchObject({ status: 200, json: { approved: false } });
    expect(world.logged).toContainEqual(expect.objectContaining({ code: 'request_unreadable' }));
  });

  it('is not taken for late because the gateway’s clock is wrong', async () => {
    const world = authorizerWorld(approve);

    expect((await world.ask(request(), world.time.now - 3_600_000)).json).toEqual({ approved: true });
  });
});

describe('the copy', () => {
  it.each([
    [
      'the bus refuses it for now',
      (world: ReturnType<typeof authorizerWorld>) => void world.fail.publish.push(new PublishFailed('throttled')),
    ],
    [
      'the ledger does not answer',
      (world: ReturnType<typeof authorizerWorld>) => {
        world.ledger.claim = async () => {
          throw new LedgerUnavailable('no answer');
        };
      },
    ],
  ])('changes nothing about the answer when %s, and is counted as missed', async (_, breakIt) => {
    const world = authorizerWorld(approve);
    breakIt(world);

    const answer = await world.ask();

    expect(answer).toMatchObject({ status: 200, json: { approved: true } });
    expect(world.counts.get('CopyMissed')).toBe(1);
    expect(world.entries).toEqual([]);
  });

  it('is given up when the time is over, and the answer does not wait for it', async () => {
    const world = authorizerWorld(approve);
    world.ports.bus.publish = (_entry, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new PublishFailed('aborted'))));
    // What it would take if the time before did not count.
    let isOver = false;
    const end = setTimeout(() => (isOver = true), 1_600);

    // 400 ms are left: 350 for the copy, of which 100 to give the row back.
    const answer = await world.ask(request(), world.time.now - 1_200);

    clearTimeout(end);
    expect(answer.json).toEqual({ approved: true });
    expect(isOver).toBe(false);
    expect(world.counts.get('CopyMissed')).toBe(1);
    expect([...world.ledger.rows.values()]).toMatchObject([{ status: 'claimed', leaseUntil: 0 }]);
  });
});

describe('spending', () => {
  it('is noted for what is approved: what is held already and what comes to it', async () => {
    const world = authorizerWorld(() => ({ approved: true, amount: 500 }));
    const event = request({ is_amount_controllable: true, amount: 900 });
    Object.assign(event.data.object, { amount: 100 });

    await world.ask(event);

    expect(world.rows).toMatchObject([
      {
        object: expect.stringMatching(/^spending:ic_\w+:\d{4}-\d\d$/),
        part: expect.stringMatching(/^iauth_/),
        scope: 'test',
        data: { amount: 600 },
      },
    ]);
  });

  it('is not noted for what is declined', async () => {
    const world = authorizerWorld(() => ({ approved: false }));

    await world.ask();

    expect(world.rows).toEqual([]);
  });

  it('that cannot be noted changes nothing about answer and copy', async () => {
    const world = authorizerWorld(approve, {
      teamRows: { put: () => Promise.reject(new ObjectsUnavailable('no answer')) },
    });

    expect((await world.ask()).json).toEqual({ approved: true });
    expect(world.entries).toHaveLength(1);
    expect(world.counts.has('CopyMissed')).toBe(false);
  });

  it('is told by day and by month, and read once', async () => {
    let reads = 0;
    const event = request();
    const created = Number(Object(event.data.object).created);
    const spent = [
      { amount: 30, created },
      { amount: 12, created: created - (created % 86_400) - 1 },
    ];
    const seen: number[] = [];
    const world = authorizerWorld(
      async (_request, { spending }) => {
        seen.push(await spending.today(), await spending.thisMonth());
        return { approved: true };
      },
      {
        spending: {
          inMonth: async () => {
            reads += 1;
            return spent;
          },
        },
      },
    );

    await world.ask(event);

    expect(seen).toEqual([30, 42]);
    expect(reads).toBe(1);
  });
});

describe('what is refused', () => {
  it.each([
    [
      'an event of another type',
      { ...request(), type: 'issuing_authorization.created' },
      'not_an_authorization_request',
    ],
    [
      'a thin event',
      {
        id: 'evt_1',
        object: 'v2.core.event',
        type: 'v1.issuing_authorization.request',
        livemode: false,
        created: '2026-11-20T11:59:58Z',
      },
      'not_an_authorization_request',
    ],
    ['what is no event', '{}', 'not_a_stripe_event'],
    ['what is no JSON', 'x', 'body_not_json'],
  ])('is %s', async (_, body, code) => {
    const world = authorizerWorld(approve);

    expect(await world.ask(body)).toMatchObject({ status: 400, json: { error: { code } } });
    expect(world.counts.get(`Refused_${code}`)).toBe(1);
    expect(world.entries).toEqual([]);
  });

  it('is an event of the other mode', async () => {
    const world = authorizerWorld(approve);
    Object.assign(world.ports.destination, { mode: 'live' });

    expect(await world.ask()).toMatchObject({ status: 400, json: { error: { code: 'destination_mismatch' } } });
    expect(await world.ask(request({}, { account: 'acct_1' }))).toMatchObject({ status: 400 });
  });

  it.each([
    ['forged', { secret: `${SECRET}x` }, 'signature_mismatch'],
    ['stale', { at: Date.parse('2026-11-20T11:50:00Z') }, 'timestamp_outside_tolerance'],
  ])('is what is %s, and the policy is not asked', async (_, options, code) => {
    let asked = 0;
    const world = authorizerWorld(() => {
      asked += 1;
      return { approved: true };
    });

    const delivery = signed(JSON.stringify(request()), { ...options, destination: NAME });
    const { statusCode, body } = await authorize(world.ports, delivery, undefined);

    expect([statusCode, JSON.parse(body).error.code]).toEqual([400, code]);
    expect(asked).toBe(0);
  });

  it('is a request that cannot be told from a forgery, because the secret cannot be read: 503', async () => {
    const world = authorizerWorld(approve);
    world.fail.secret.push(new SecretUnavailable('no answer'));

    expect(await world.ask()).toMatchObject({ status: 503, json: { error: { code: 'secret_unavailable' } } });
    expect(world.counts.get('Unavailable')).toBe(1);
  });
});

describe('the example policy', () => {
  const ask = (spent: number, pending: object, limit = '1000') => {
    const world = authorizerWorld(examplePolicy);
    world.spent.push({ amount: spent, created: 0 });
    return world.ask(request(pending, { card: { metadata: { monthly_limit: limit } } }));
  };

  it.each([
    [400, { amount: 600 }, { approved: true }],
    [400, { amount: 601 }, { approved: false, metadata: { reason: 'monthly_limit' } }],
    [400, { amount: 601, is_amount_controllable: true }, { approved: true, amount: 600 }],
    [1_000, { amount: 1, is_amount_controllable: true }, { approved: false, metadata: { reason: 'monthly_limit' } }],
  ])('with %d of 1000 spent, answers %j with %j', async (spent, pending, answer) => {
    expect((await ask(spent, pending)).json).toEqual(answer);
  });

  it('falls back when the limit is no number', async () => {
    expect((await ask(0, { amount: 1, is_amount_controllable: true }, 'much')).json.approved).toBe(false);
  });

  it('does not read spending for a card without a limit', async () => {
    const world = authorizerWorld(examplePolicy, {
      spending: { inMonth: () => Promise.reject(new Error('not asked')) },
    });

    expect((await world.ask()).json).toEqual({ approved: true });
  });
});
