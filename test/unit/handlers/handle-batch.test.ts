import { describe, expect, it } from 'vitest';
import { reactions as billing } from '#functions/handlers/billing/reactions.ts';
import { handleBatch } from '#functions/handlers/handle-batch.ts';
import { Park, type Reactions, Skip } from '#functions/handlers/reaction.ts';
import { LedgerUnavailable, ObjectsUnavailable, QueueUnavailable } from '#shared/errors/store-errors.ts';
import {
  type FakeHandlerWorld,
  fakeHandlerWorld,
  invoiceEvent,
  NOW,
  rawRecord,
  recordOf,
  referenceTo,
} from './handler-fakes.ts';

const REMAINING_MS = 30_000;

function handle(world: FakeHandlerWorld, records: ReturnType<typeof rawRecord>[], reactions: Reactions = {}) {
  return handleBatch(world, reactions, { Records: records }, REMAINING_MS);
}

const failedIds = ({ batchItemFailures }: Awaited<ReturnType<typeof handle>>) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

describe('a batch', () => {
  it('projects each event and fails none', async () => {
    const world = fakeHandlerWorld();

    const answer = await handle(world, [recordOf(invoiceEvent())]);

    expect(failedIds(answer)).toEqual([]);
    expect(world.rows.get('in_1 test')?.current.body?.text).toBe('{"id":"in_1","object":"invoice","total":5}');
    expect(world.counts.get('Handled')).toBe(1);
  });

  it('fails one message for one bad record, and handles the nine beside it', async () => {
    const world = fakeHandlerWorld();
    const records = Array.from({ length: 10 }, (_, i) =>
      recordOf(invoiceEvent({ id: `evt_${i}`, data: { object: { id: `in_${i}`, object: 'invoice' } } }), {
        messageId: `m${i}`,
      }),
    );
    const reactions: Reactions = {
      'invoice.paid': async ({ id }) => {
        if (id === 'evt_3') throw new Error('the mail server is down');
      },
    };

    const answer = await handle(world, records, reactions);

    expect(failedIds(answer)).toEqual(['m3']);
    expect(world.rows.size).toBe(10);
    expect([...world.recorded.keys()]).toEqual(['evt_3 handle#billing']);
  });

  it.each([
    [1, 60],
    [2, 300],
    [3, 900],
    [4, 3600],
    [9, 3600],
  ])('hides a message that failed at receive %d for %d s', async (receiveCount, seconds) => {
    const world = fakeHandlerWorld();
    const reactions: Reactions = { 'invoice.paid': () => Promise.reject(new Error('no')) };

    await handle(world, [recordOf(invoiceEvent(), { receiveCount })], reactions);

    expect(world.hidden).toEqual([{ messageId: 'm1', seconds }]);
  });

  it('takes an event handled at last out of the failures', async () => {
    const world = fakeHandlerWorld();
    let isDown = true;
    const reactions: Reactions = {
      'invoice.paid': async () => {
        if (isDown) throw new Error('no');
      },
    };
    await handle(world, [recordOf(invoiceEvent())], reactions);
    const whileFailed = world.recorded.size;
    isDown = false;

    await handle(world, [recordOf(invoiceEvent())], reactions);

    expect(whileFailed).toBe(1);
    expect(world.recorded.size).toBe(0);
  });

  it.each(['not json', '[]', '{}', '{"detail":{"id":"evt_1","type":"a.b"}}'])(
    'parks the message %j with its reason',
    async (body) => {
      const world = fakeHandlerWorld();

      const answer = await handle(world, [rawRecord(body)]);

      expect(failedIds(answer)).toEqual([]);
      expect(world.parked).toEqual([{ messageId: 'm1', code: 'not_an_event' }]);
      expect(world.recorded.get('message:m1 handle#billing')?.code).toBe('not_an_event');
    },
  );

  it('puts a referenced payload back in its place', async () => {
    const world = fakeHandlerWorld();
    const body = JSON.stringify(
      invoiceEvent({ data: { object: { id: 'in_big', object: 'invoice', note: 'x'.repeat(300_001) } } }),
    );
    world.stored.set('events/evt_1.json', body);
    const reference = { ...referenceTo('events/evt_1.json', body), payload: 'snapshot' };
    const { data: _, ...rest } = invoiceEvent();
    const fanout = { version: 1, payload: 'reference', publishedAt: '2026-11-20T12:00:00.000Z', reference };

    await handle(world, [recordOf({ ...rest, fanout })]);

    const at = world.rows.get('in_big test')?.current.body?.at;
    expect(at?.key).toBe('objects/billing/test/in_big/evt_1.json');
    expect(JSON.parse(world.stored.get(at?.key ?? '') ?? '').note).toHaveLength(300_001);
  });

  it('parks an event whose referenced payload is not what was stored', async () => {
    const world = fakeHandlerWorld();
    world.stored.set('events/evt_1.json', '{"tampered":true}');
    const reference = { ...referenceTo('events/evt_1.json', '{}'), payload: 'snapshot' };
    const fanout = { version: 1, payload: 'reference', publishedAt: '2026-11-20T12:00:00.000Z', reference };

    await handle(world, [recordOf({ ...invoiceEvent(), fanout })]);

    expect(world.parked).toEqual([{ messageId: 'm1', code: 'payload_lost' }]);
  });

  it('counts an event that the bus refused, and leaves it in the payload store', async () => {
    const world = fakeHandlerWorld({ domain: 'unrecognized' });
    const fanout = {
      version: 1,
      payload: 'reference',
      publishedAt: 'x',
      refused: { type: 'invoice.paid', code: 'MalformedDetail' },
    };

    const answer = await handle(world, [recordOf({ id: 'evt_1', type: 'stripe_fanout.refused', fanout })]);

    expect(failedIds(answer)).toEqual([]);
    expect(world.counts.get('BusRefused')).toBe(1);
  });

  it('gives a message back when it cannot be parked', async () => {
    const world = fakeHandlerWorld();
    world.messages.park = () => Promise.reject(new QueueUnavailable('The DLQ is away.'));

    const answer = await handle(world, [rawRecord('not json')]);

    expect(failedIds(answer)).toEqual(['m1']);
    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: 60 }]);
  });

  it('gives back what failed, and only that, though neither ledger nor queue can be told', async () => {
    const world = fakeHandlerWorld();
    world.failures.record = () => Promise.reject(new LedgerUnavailable('away'));
    world.failures.clear = () => Promise.reject(new LedgerUnavailable('away'));
    world.messages.hide = () => Promise.reject(new QueueUnavailable('away'));
    const records = ['m1', 'm2'].map((messageId) => recordOf(invoiceEvent({ id: `evt_${messageId}` }), { messageId }));

    const answer = await handle(world, records, {
      'invoice.paid': async ({ id }) => {
        if (id === 'evt_m1') throw new Error('no');
      },
    });

    expect(failedIds(answer)).toEqual(['m1']);
  });

  it('records a failure with its code, type and account, and without the payload', async () => {
    const world = fakeHandlerWorld();
    world.objects.read = () => Promise.reject(new ObjectsUnavailable('The objects table did not give a row.'));

    await handle(world, [recordOf(invoiceEvent({ account: 'acct_1' }))]);

    expect(world.recorded.get('evt_1 handle#billing')).toEqual({
      domain: 'billing',
      code: 'objects_unavailable',
      message: expect.stringContaining('did not give a row'),
      type: 'invoice.paid',
      account: 'acct_1',
    });
  });

  it('gives messages back when there is no time left to handle them', async () => {
    const world = fakeHandlerWorld();
    world.payloads.get = async (_reference, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw signal.reason;
    };
    const reference = { ...referenceTo('events/evt_1.json', '{}'), payload: 'snapshot' };
    const fanout = { version: 1, payload: 'reference', publishedAt: 'x', reference };

    const answer = await handleBatch(world, {}, { Records: [recordOf({ ...invoiceEvent(), fanout })] }, 0);

    expect(failedIds(answer)).toEqual(['m1']);
  });
});

describe('reactions', () => {
  it('are each done once, though another one of the same event fails and is tried again', async () => {
    const world = fakeHandlerWorld();
    const ran: string[] = [];
    const reactions: Reactions = {
      'invoice.paid': {
        first: async () => void ran.push('first'),
        second: async () => {
          ran.push('second');
          if (ran.length < 4) throw new Error('not yet');
        },
        third: async () => void ran.push('third'),
      },
    };

    const answers = [
      await handle(world, [recordOf(invoiceEvent())], reactions),
      await handle(world, [recordOf(invoiceEvent())], reactions),
    ];

    expect(ran).toEqual(['first', 'second', 'third', 'second']);
    expect(answers.map(failedIds)).toEqual([['m1'], []]);
  });

  it('get the same idempotency key at each try', async () => {
    const world = fakeHandlerWorld();
    const keys: string[] = [];
    const reactions: Reactions = {
      'invoice.paid': async (_event, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        if (keys.length === 1) throw new Error('no');
      },
    };

    for (let i = 0; i < 2; i += 1) await handle(world, [recordOf(invoiceEvent())], reactions);

    expect(keys).toEqual(['evt_1/billing/invoice.paid', 'evt_1/billing/invoice.paid']);
  });

  it('park a message at once, with their reason', async () => {
    const world = fakeHandlerWorld();

    const answer = await handle(world, [recordOf(invoiceEvent())], {
      'invoice.paid': () => Promise.reject(new Park('no such customer')),
    });

    expect(failedIds(answer)).toEqual([]);
    expect(world.parked).toEqual([{ messageId: 'm1', code: 'parked_by_reaction' }]);
  });

  it('can say that there is nothing to do, and are not asked again', async () => {
    const world = fakeHandlerWorld();
    let asked = 0;
    const reactions: Reactions = {
      'invoice.paid': async () => {
        asked += 1;
        throw new Skip('not ours');
      },
    };

    for (let i = 0; i < 2; i += 1) await handle(world, [recordOf(invoiceEvent())], reactions);

    expect(asked).toBe(1);
    expect(world.parked).toEqual([]);
  });

  it('that run elsewhere hide the message until their lease ends', async () => {
    const world = fakeHandlerWorld();
    await world
      .ledgerWith(0)
      .claim({ event: 'evt_1', stage: 'react#billing#invoice.paid' }, undefined, AbortSignal.timeout(1_000));

    const answer = await handle(world, [recordOf(invoiceEvent())], { 'invoice.paid': async () => undefined });

    expect(failedIds(answer)).toEqual(['m1']);
    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: 35 }]);
  });

  it.each([
    ['an archive replay', {}, { 'replay-name': 'r1' }],
    ['an event older than the ledger remembers', { created: NOW / 1000 - 36 * 86_400 }, {}],
  ])('are not repeated by %s, which is projected all the same', async (_name, overrides, envelope) => {
    const world = fakeHandlerWorld();
    let ran = 0;

    await handle(world, [recordOf(invoiceEvent(overrides), { envelope })], {
      'invoice.paid': async () => {
        ran += 1;
      },
    });

    expect(ran).toBe(0);
    expect(world.rows.size).toBe(1);
  });
});

describe('the billing team', () => {
  const failedPayment = (overrides: object = {}) =>
    recordOf(
      invoiceEvent({
        type: 'invoice.payment_failed',
        data: {
          object: {
            id: 'in_1',
            object: 'invoice',
            customer: 'cus_1',
            amount_due: 900,
            currency: 'eur',
            attempt_count: 2,
            next_payment_attempt: 1_800_000_000,
          },
        },
        ...overrides,
      }),
    );

  it('keeps a dunning entry for an invoice whose payment failed', async () => {
    const world = fakeHandlerWorld();

    await handle(world, [failedPayment()], billing);

    expect(world.team.get('dunning:in_1 test')).toMatchObject({
      event: 'evt_1',
      data: {
        invoice: 'in_1',
        customer: 'cus_1',
        amount_due: 900,
        currency: 'eur',
        attempt_count: 2,
        next_payment_attempt: 1_800_000_000,
      },
    });
  });

  it('lets no older failure replace a newer one', async () => {
    const world = fakeHandlerWorld();
    await handle(world, [failedPayment({ id: 'evt_new' })], billing);

    await handle(world, [failedPayment({ id: 'evt_old', created: NOW / 1000 - 60 })], billing);

    expect(world.team.get('dunning:in_1 test')?.event).toBe('evt_new');
  });
});
