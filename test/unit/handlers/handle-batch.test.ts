import { describe, expect, it } from 'vitest';
import { reactions as billing } from '#functions/handlers/billing/reactions.ts';
import { handleBatch } from '#functions/handlers/handle-batch.ts';
import type { Reactions } from '#functions/handlers/reaction.ts';
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
    expect(Object.keys(world.listed())).toEqual(['evt_3 react#billing#invoice.paid']);
  });

  it.each([
    [1, 60],
    [2, 300],
    [3, 900],
    [4, 3600],
    [5, 0],
    [6, 0],
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
    const whileFailed = world.listed();
    isDown = false;

    await handle(world, [recordOf(invoiceEvent())], reactions);

    expect(whileFailed).toEqual({ 'evt_1 react#billing#invoice.paid': 'unexpected_error' });
    expect(world.listed()).toEqual({});
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
    expect(at?.key).toBe(`objects/billing/test/in_big/evt_1.${NOW}.json`);
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

  it('announces a type that no rule covers when its first event comes, and each type once', async () => {
    const world = fakeHandlerWorld({ domain: 'unrecognized' });
    const event = (id: string, type: string) => recordOf({ ...invoiceEvent(), id, type });

    await handle(world, [event('evt_1', 'galaxy.discovered'), event('evt_2', 'galaxy.discovered')]);
    await handle(world, [event('evt_3', 'galaxy.discovered'), event('evt_4', 'galaxy.vanished')]);

    const announced = world.logged.filter(({ message }) => message.startsWith('first event of a type'));
    expect(announced.map(({ fields }) => fields.type)).toEqual(['galaxy.discovered', 'galaxy.vanished']);
    expect(world.counts.get('NewType')).toBe(2);
    expect(world.counts.get('Handled')).toBe(4);
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

  it('gives a message back whose handling the end of time cut off, with its reason', async () => {
    const world = fakeHandlerWorld();
    world.payloads.get = async (_reference, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw signal.reason;
    };
    const reference = { ...referenceTo('events/evt_1.json', '{}'), payload: 'snapshot' };
    const fanout = { version: 1, payload: 'reference', publishedAt: 'x', reference };

    const answer = await handleBatch(world, {}, { Records: [recordOf({ ...invoiceEvent(), fanout })] }, 2_010);

    expect(failedIds(answer)).toEqual(['m1']);
    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: 60 }]);
  });

  it('only gives messages back that it has no time left to begin: nothing failed, and nothing is hidden', async () => {
    const world = fakeHandlerWorld();
    const records = ['m1', 'm2'].map((messageId) => recordOf(invoiceEvent({ id: `evt_${messageId}` }), { messageId }));

    const answer = await handleBatch(world, {}, { Records: records }, 1_900);

    expect(failedIds(answer)).toEqual(['m1', 'm2']);
    expect([world.hidden, world.listed(), world.rows.size]).toEqual([[], {}, 0]);
    expect([...world.counts]).toEqual([['OutOfTime', 2]]);
  });

  it('takes a failure of projecting out of the failures once a reaction is all that fails', async () => {
    const world = fakeHandlerWorld();
    const { read } = world.objects;
    const reactions: Reactions = { 'invoice.paid': () => Promise.reject(new Error('no')) };
    world.objects.read = () => Promise.reject(new ObjectsUnavailable('The objects table did not give a row.'));
    await handle(world, [recordOf(invoiceEvent())], reactions);
    const first = world.listed();
    world.objects.read = read;

    await handle(world, [recordOf(invoiceEvent())], reactions);

    expect(first).toEqual({ 'evt_1 handle#billing': 'objects_unavailable' });
    expect(world.listed()).toEqual({ 'evt_1 react#billing#invoice.paid': 'unexpected_error' });
  });

  it('records why a reaction failed though its own row could not be given back', async () => {
    const world = fakeHandlerWorld();
    const ledger = world.ledgerWith(0);
    const release = () => Promise.reject(new LedgerUnavailable('away'));
    world.ledgerWith = () => ({ ...ledger, release });

    await handle(world, [recordOf(invoiceEvent())], { 'invoice.paid': () => Promise.reject(new Error('no')) });

    expect(world.listed()).toEqual({ 'evt_1 handle#billing': 'unexpected_error' });
  });

  it('records that a reaction could not even be begun', async () => {
    const world = fakeHandlerWorld();
    const ledger = world.ledgerWith(0);
    const claim = () => Promise.reject(new LedgerUnavailable('away'));
    world.ledgerWith = () => ({ ...ledger, claim });

    await handle(world, [recordOf(invoiceEvent())], { 'invoice.paid': async () => undefined });

    expect(world.listed()).toEqual({ 'evt_1 handle#billing': 'ledger_unavailable' });
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
