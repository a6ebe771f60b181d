import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handleBatch } from '#functions/handlers/handle-batch.ts';
import { REFRESHED_TYPE } from '#shared/event/bus-entry.ts';
import { type FakeHandlerWorld, fakeHandlerWorld, invoiceEvent, NOW, recordOf } from './handler-fakes.ts';

interface Happening {
  readonly type: string;
  readonly second: number;
  readonly total: number;
  readonly previous: number | undefined;
  readonly style: 'snapshot' | 'resolved' | 'present state';
}

const happening: fc.Arbitrary<Happening> = fc.record({
  type: fc.constantFrom('customer.created', 'customer.updated', 'customer.updated', 'customer.deleted'),
  second: fc.nat(2),
  total: fc.nat(3),
  previous: fc.option(fc.nat(3), { nil: undefined }),
  style: fc.constantFrom('snapshot', 'resolved', 'present state'),
});

function recordFor({ type, second, total, previous, style }: Happening, index: number) {
  const fanout = { version: 1, payload: style === 'snapshot' ? 'snapshot' : 'resolved', publishedAt: 'x' };
  const resolvedAt = new Date(NOW + second * 1000 + 2_000).toISOString();
  const event = style === 'present state' ? { id: `req_${index}`, type: REFRESHED_TYPE } : { id: `evt_${index}`, type };
  return recordOf({
    ...invoiceEvent({ ...event, created: NOW / 1000 + second }),
    data: {
      object: { id: 'cus_1', object: 'customer', total },
      ...(previous === undefined || style === 'present state' ? {} : { previous_attributes: { total: previous } }),
    },
    fanout: style === 'snapshot' ? fanout : { ...fanout, resolvedAt },
  });
}

async function stateAfter(world: FakeHandlerWorld, records: readonly ReturnType<typeof recordOf>[]) {
  for (const record of records) await handleBatch(world, {}, { Records: [record] }, 30_000);
  const { version, recent, updatedAt, ...state } = world.rows.get('cus_1 test') ?? {};
  return state;
}

describe('the projection', () => {
  it('ends in the same state whatever the order and the repeats of a history of snapshots and fetches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(happening, { minLength: 1, maxLength: 6 })
          .map((history) => history.map(recordFor))
          .chain((records) =>
            fc.record({
              records: fc.constant(records),
              shuffled: fc.shuffledSubarray(records, { minLength: records.length }),
              repeats: fc.array(fc.constantFrom(...records), { maxLength: 4 }),
            }),
          ),
        async ({ records, shuffled, repeats }) => {
          const inOrder = await stateAfter(fakeHandlerWorld(), records);
          const otherwise = await stateAfter(fakeHandlerWorld(), [...shuffled, ...repeats]);

          expect(otherwise).toEqual(inOrder);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps numbers and key order as Stripe wrote them', async () => {
    const world = fakeHandlerWorld();
    const record = recordOf(invoiceEvent());
    const text = '{"object":"invoice","id":"in_1","big":12345678901234567890,"rate":1.0}';
    const body = record.body.replace('{"id":"in_1","object":"invoice","total":5}', text);

    await handleBatch(world, {}, { Records: [{ ...record, body }] }, 30_000);

    expect(world.rows.get('in_1 test')?.current.body?.text).toBe(text);
  });

  it('loses no event when another handler writes the row in between', async () => {
    const world = fakeHandlerWorld();
    let interrupted = false;
    world.beforeWrite = () => {
      if (interrupted) return;
      interrupted = true;
      const row = {
        object: 'in_1',
        scope: 'test',
        asOf: NOW - 5_000,
        rivals: [],
        ambiguous: false,
        tombstone: false,
        version: 1,
        recent: ['evt_0'],
        erasing: [],
        updatedAt: 'x',
      };
      world.rows.set('in_1 test', {
        ...row,
        current: { event: 'evt_0', type: 'invoice.created', kind: 'invoice', gone: false, body: { text: '{}' } },
      });
    };

    const answer = await handleBatch(world, {}, { Records: [recordOf(invoiceEvent())] }, 30_000);

    expect(answer.batchItemFailures).toEqual([]);
    expect(world.rows.get('in_1 test')).toMatchObject({
      version: 2,
      recent: ['evt_0', 'evt_1'],
      current: { event: 'evt_1' },
    });
  });

  it('erases what it holds when an identity verification is redacted, large bodies included', async () => {
    const world = fakeHandlerWorld({ domain: 'identity' });
    const session = (type: string, second: number, extra: object) =>
      recordOf(
        invoiceEvent({
          id: `evt_${second}`,
          type,
          created: NOW / 1000 + second,
          data: { object: { id: 'vs_1', object: 'identity.verification_session', ...extra } },
        }),
      );
    await handleBatch(
      world,
      {},
      { Records: [session('identity.verification_session.verified', 0, { name: 'x'.repeat(400_000) })] },
      30_000,
    );
    const before = world.stored.size;

    await handleBatch(
      world,
      {},
      { Records: [session('identity.verification_session.redacted', 1, { name: 'still here' })] },
      30_000,
    );

    expect(before).toBe(1);
    expect(world.stored.size).toBe(0);
    expect(JSON.stringify(world.rows.get('vs_1 test'))).not.toContain('still here');
  });

  it('keeps id, object and the named fields only, or nothing, where it is configured so', async () => {
    const some = fakeHandlerWorld({ projection: ['total'] });
    const none = fakeHandlerWorld({ projection: 'off' });

    for (const world of [some, none]) await handleBatch(world, {}, { Records: [recordOf(invoiceEvent())] }, 30_000);

    expect(some.rows.get('in_1 test')?.current.body?.text).toBe('{"id":"in_1","object":"invoice","total":5}');
    expect(none.rows.size).toBe(0);
  });
});

it('what Stripe did not find changes nothing that is known: it is no deletion', async () => {
  const world = fakeHandlerWorld();
  const fanout = { version: 1, payload: 'resolved', publishedAt: 'x', missing: true };
  const missing = invoiceEvent({
    id: 'evt_2',
    created: NOW / 1000 + 60,
    data: { object: { id: 'in_1', object: 'invoice' } },
  });
  await handleBatch(world, {}, { Records: [recordOf(invoiceEvent())] }, 30_000);
  const before = world.rows.get('in_1 test');

  await handleBatch(world, {}, { Records: [recordOf({ ...missing, fanout })] }, 30_000);

  expect(before).toBeDefined();
  expect(world.rows.get('in_1 test')).toEqual(before);
  expect(world.counts.get('Handled')).toBe(2);
});
