import { describe, expect, it } from 'vitest';
import { handleBatch } from '#functions/handlers/handle-batch.ts';
import { Park, type Reactions, Retry, Skip } from '#functions/handlers/reaction.ts';
import { METRICS } from '#shared/telemetry/metric-names.ts';
import { type FakeHandlerWorld, fakeHandlerWorld, invoiceEvent, NOW, recordOf } from './handler-fakes.ts';

function handle(world: FakeHandlerWorld, Records: ReturnType<typeof recordOf>[], reactions: Reactions) {
  return handleBatch(world, reactions, { Records }, 30_000);
}

const failedIds = ({ batchItemFailures }: Awaited<ReturnType<typeof handle>>) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

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
    expect([world.counts.get('Skipped'), world.counts.get('Reacted')]).toEqual([1, undefined]);
    expect(world.logged).toContainEqual({
      message: 'skipped',
      fields: expect.objectContaining({ event: 'evt_1', code: 'skipped_by_reaction', reason: 'not ours' }),
    });
  });

  it('that run elsewhere hide the message until their lease ends', async () => {
    const world = fakeHandlerWorld();
    await world
      .ledgerWith(0)
      .claim({ event: 'evt_1', stage: 'react#billing#invoice.paid' }, undefined, AbortSignal.timeout(1_000));

    const answer = await handle(world, [recordOf(invoiceEvent())], { 'invoice.paid': async () => undefined });

    expect(failedIds(answer)).toEqual(['m1']);
    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: 35 }]);
    expect(world.listed()).toEqual({});
    expect([...world.counts.keys()]).toEqual(['Projected', 'InProgress']);
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

  it('that run elsewhere leave the time of the next try to one that really failed', async () => {
    const world = fakeHandlerWorld();
    const key = { event: 'evt_1', stage: 'react#billing#invoice.paid/first' } as const;
    await world.ledgerWith(0).claim(key, undefined, AbortSignal.timeout(1_000));

    await handle(world, [recordOf(invoiceEvent())], {
      'invoice.paid': {
        first: async () => undefined,
        second: () => Promise.reject(new Retry('locked', { code: 'account_locked' })),
      },
    });

    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: 60 }]);
    expect(world.listed()).toEqual({ 'evt_1 react#billing#invoice.paid/second': 'account_locked' });
  });

  it('that run elsewhere keep the message from the DLQ until they are done', async () => {
    const world = fakeHandlerWorld();
    const key = { event: 'evt_1', stage: 'react#billing#invoice.paid/first' } as const;
    await world.ledgerWith(0).claim(key, undefined, AbortSignal.timeout(1_000));

    await handle(world, [recordOf(invoiceEvent())], {
      'invoice.paid': { first: async () => undefined, second: () => Promise.reject(new Park('no such customer')) },
    });

    expect(world.parked).toEqual([]);
    expect(world.hidden).toEqual([{ messageId: 'm1', seconds: 35 }]);
  });

  it.each([
    [{ afterSeconds: 7.2 }, 1, 8],
    [{ afterSeconds: 0 }, 1, 0],
    [{ afterSeconds: 1_000_000 }, 1, 43_200],
    [{ afterSeconds: Number.NaN }, 1, 60],
    [{ afterSeconds: -1 }, 2, 300],
    [{}, 3, 900],
    [{ afterSeconds: 600 }, 5, 0],
  ])('that ask for a retry with %o at receive %d hide the message for %d s', async (options, receiveCount, seconds) => {
    const world = fakeHandlerWorld();

    await handle(world, [recordOf(invoiceEvent(), { receiveCount })], {
      'invoice.paid': () => Promise.reject(new Retry('locked', options)),
    });

    expect(world.hidden).toEqual([{ messageId: 'm1', seconds }]);
  });

  it('have one row each in the failures, and none once they are done', async () => {
    const world = fakeHandlerWorld();
    let isDown = true;
    const failing = async () => {
      if (isDown) throw new Retry('locked', { code: 'account_locked' });
    };
    const reactions: Reactions = { 'invoice.paid': { first: failing, second: async () => undefined, third: failing } };
    await handle(world, [recordOf(invoiceEvent())], reactions);
    const whileDown = world.listed();
    isDown = false;

    await handle(world, [recordOf(invoiceEvent())], reactions);

    expect(whileDown).toEqual({
      'evt_1 react#billing#invoice.paid/first': 'account_locked',
      'evt_1 react#billing#invoice.paid/third': 'account_locked',
    });
    expect(world.listed()).toEqual({});
  });

  it('that ignore the end of their time hold up no other message, and are tried again', async () => {
    const world = fakeHandlerWorld();
    const records = ['m1', 'm2'].map((messageId) => recordOf(invoiceEvent({ id: `evt_${messageId}` }), { messageId }));
    const reactions: Reactions = {
      'invoice.paid': ({ id }) => (id === 'evt_m1' ? new Promise(() => undefined) : Promise.resolve()),
    };

    const answer = await handleBatch(world, reactions, { Records: records }, 2_010);

    expect(failedIds(answer)).toEqual(['m1']);
    expect(world.listed()).toEqual({ 'evt_m1 react#billing#invoice.paid': 'reaction_timed_out' });
  });

  it('that no time is left to begin leave the message as it is', async () => {
    const world = fakeHandlerWorld();
    const ran: string[] = [];
    const reactions: Reactions = {
      'invoice.paid': {
        first: async (_event, { signal }) => {
          ran.push('first');
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        },
        second: async () => void ran.push('second'),
      },
    };

    const answer = await handleBatch(world, reactions, { Records: [recordOf(invoiceEvent())] }, 2_010);

    expect(failedIds(answer)).toEqual(['m1']);
    expect(ran).toEqual(['first']);
    expect([world.hidden, world.listed()]).toEqual([[], {}]);
  });

  it.each([
    ['Failed', new Retry('no', { code: 'crm_says_no' })],
    ['Parked', new Park('no', { code: 'crm_says_no' })],
    ['Skipped', new Skip('no', { code: 'crm_says_no' })],
  ])('count as %s, and never under a code of their own', async (metric, thrown) => {
    const world = fakeHandlerWorld();

    await handle(world, [recordOf(invoiceEvent())], { 'invoice.paid': () => Promise.reject(thrown) });

    expect(world.counts.get(metric)).toBe(1);
    expect(METRICS).toEqual(expect.arrayContaining([...world.counts.keys()]));
    expect(JSON.stringify(world.logged)).toContain('crm_says_no');
  });

  it.each(['in_1', 'price:gold', 'plan:price_1', 'balance', 'cash_balance:cus_1', ':in_1', 'dunning:'])(
    'may keep no row under %j, where a Stripe object belongs',
    async (key) => {
      const world = fakeHandlerWorld();
      const object: string = key;

      await handle(world, [recordOf(invoiceEvent())], {
        'invoice.paid': async (_event, { keep }) => {
          // A caller without types; with them, a key without a colon is an error.
          await Reflect.apply(keep, undefined, [{ object, data: {} }]);
        },
      });

      expect(world.team.size).toBe(0);
      expect(world.parked).toEqual([{ messageId: 'm1', code: 'team_key_refused' }]);
    },
  );
});
