import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pacer } from '#shared/pacing/pacer.ts';
import { fakeResolverWorld, record, resolve, thinEvent } from './resolver-fakes.ts';

const invoice = (i: number) => ({ id: `in_${i}`, type: 'invoice', url: `/v1/invoices/in_${i}` });

describe('the pace of an invocation', () => {
  it('keeps its requests apart, the first one too', async () => {
    const world = fakeResolverWorld({ requestsPerSecond: 4 });
    for (let i = 0; i < 10; i += 1) world.answers.set(`/v1/invoices/in_${i}`, `{"id":"in_${i}","object":"invoice"}`);
    const started = world.time.now;

    const events = Array.from({ length: 10 }, (_, i) => thinEvent({ id: `evt_t${i}`, related_object: invoice(i) }));
    await resolve(
      world,
      events.map((event, i) => record(event, { messageId: `m${i}` })),
    );

    const times = [started, ...world.requests.map(({ at }) => at)];
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
    expect(gaps).toHaveLength(10);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250);
  });

  it('asks once for one object, however many of its events are in the batch', async () => {
    const world = fakeResolverWorld();
    world.answers.set('/v1/invoices/in_1', '{"id":"in_1","object":"invoice"}');
    const events = ['evt_a', 'evt_b', 'evt_c'].map((id) => thinEvent({ id, related_object: invoice(1) }));
    const elsewhere = thinEvent({ id: 'evt_d', related_object: invoice(1), context: 'acct_2' });

    await resolve(
      world,
      [...events, elsewhere].map((event) => record(event, { messageId: event.id })),
    );

    expect(world.entries).toHaveLength(4);
    expect(world.requests.map(({ context }) => context)).toEqual([undefined, 'acct_2']);
    expect(world.counts.get('Coalesced')).toBe(2);
  });

  it('allows no more passes in any second than it is told, whatever the holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.nat({ max: 400 }), { maxLength: 5 }),
        async (perSecond, holds) => {
          const time = { now: 0 };
          const sleep = async (ms: number) => {
            // Whoever's turn has come goes first; and timers fire a little early at times.
            await new Promise(setImmediate);
            time.now += Math.max(1, ms - 1);
          };
          const pacer = new Pacer(perSecond, { clock: { now: () => time.now }, sleep });
          const passes: number[] = [];
          const pass = async (i: number) => {
            await pacer.turn(new AbortController().signal);
            passes.push(time.now);
            const hold = holds[i];
            if (hold !== undefined) pacer.hold(hold);
          };
          await Promise.all(Array.from({ length: 60 }, (_, i) => pass(i)));

          for (const from of [0, ...passes]) {
            expect(passes.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(perSecond);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('gives a turn that was given up to the next', async () => {
    const time = { now: 0 };
    const pacer = new Pacer(1, {
      clock: { now: () => time.now },
      sleep: async (ms, signal) => {
        signal.throwIfAborted();
        time.now += ms;
      },
    });

    await expect(pacer.turn(AbortSignal.abort())).rejects.toThrow();
    await pacer.turn(new AbortController().signal);

    expect(time.now).toBe(1_100);
  });
});
