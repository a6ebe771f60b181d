import { describe, expect, it } from 'vitest';
import { handleBatch } from '#functions/handlers/handle-batch.ts';
import { ObjectsUnavailable, PayloadStoreUnavailable } from '#shared/errors/store-errors.ts';
import { type FakeHandlerWorld, fakeHandlerWorld, invoiceEvent, NOW, recordOf } from '../handler-fakes.ts';

/** An event of one verification session; `size` is that of the personal data in it. */
function session(id: string, type: string, second: number, size: number) {
  const object = { id: 'vs_1', object: 'identity.verification_session', name: 'x'.repeat(size) };
  const created = NOW / 1000 + second;
  return recordOf(invoiceEvent({ id, type: `identity.verification_session.${type}`, created, data: { object } }), {
    messageId: id,
  });
}

const LARGE = 400_000;
const verified = session('evt_verified', 'verified', 1, LARGE);
const redacted = session('evt_redacted', 'redacted', 1, 0);
const sameSecond = session('evt_same_second', 'processing', 1, 10);
const later = session('evt_later', 'canceled', 2, 10);

async function handle(world: FakeHandlerWorld, record: ReturnType<typeof recordOf>) {
  const { batchItemFailures } = await handleBatch(world, {}, { Records: [record] }, 30_000);
  return batchItemFailures.length === 0 ? 'handled' : 'kept';
}

const rowOf = (world: FakeHandlerWorld) => world.rows.get('vs_1 test');

/** A world that holds a large body, in which something ends as given at the redaction's `n`th call. */
async function crashingAt(what: 'erase' | 'write', n: number) {
  const world = fakeHandlerWorld({ domain: 'identity' });
  await handle(world, verified);
  const { erase } = world.payloads;
  const { write } = world.objects;
  let calls = 0;
  const crashes = (call: typeof what) => {
    if (call === what) calls += 1;
    return call === what && calls === n;
  };
  world.payloads.erase = async (key, signal) => {
    if (crashes('erase')) throw new PayloadStoreUnavailable('The invocation ended here.');
    await erase(key, signal);
  };
  world.objects.write = async (row, signal) => {
    if (crashes('write')) throw new ObjectsUnavailable('The invocation ended here.');
    return write(row, signal);
  };
  return world;
}

const CRASHES = [
  ['before the row is marked', 'write', 1],
  ['between the mark and the erasing', 'erase', 1],
  ['between the erasing and the end of the list', 'write', 2],
] as const;

describe('a redaction', () => {
  it.each(CRASHES)('that ends %s is finished by its next try', async (_where, what, n) => {
    const world = await crashingAt(what, n);

    const outcomes = [await handle(world, redacted), await handle(world, redacted)];

    expect(outcomes).toEqual(['kept', 'handled']);
    expect([...world.stored.keys()]).toEqual([]);
    expect(rowOf(world)).toMatchObject({ redactedAt: NOW + 1_000, erasing: [], current: { event: 'evt_redacted' } });
    expect(rowOf(world)?.current.body).toBeUndefined();
  });

  it.each(CRASHES)('that ends %s lets no other event of the object get lost', async (_where, what, n) => {
    const world = await crashingAt(what, n);
    await handle(world, redacted);

    const outcomes = [await handle(world, sameSecond), await handle(world, later)];

    expect(outcomes).toEqual(['handled', 'handled']);
    expect(world.parked).toEqual([]);
    expect(rowOf(world)?.current).toMatchObject({ event: 'evt_later', body: { text: expect.any(String) } });
  });

  it.each(CRASHES.slice(1))('that ends %s is finished by another event of the object too', async (_where, what, n) => {
    const world = await crashingAt(what, n);
    await handle(world, redacted);

    await handle(world, later);

    expect([...world.stored.keys()]).toEqual([]);
    expect(rowOf(world)).toMatchObject({ redactedAt: NOW + 1_000, erasing: [] });
  });

  it('names what it is about to erase before it erases it', async () => {
    const world = fakeHandlerWorld({ domain: 'identity' });
    await handle(world, verified);
    const [key = ''] = world.stored.keys();
    const { erase } = world.payloads;
    const namedAtErasing: (readonly string[] | undefined)[] = [];
    world.payloads.erase = async (each, signal) => {
      namedAtErasing.push(rowOf(world)?.erasing);
      await erase(each, signal);
    };

    await handle(world, redacted);

    expect(namedAtErasing).toEqual([[key]]);
  });

  it('leaves no body behind that an earlier event stored before its handler ended', async () => {
    const world = fakeHandlerWorld({ domain: 'identity' });
    const { write } = world.objects;
    world.objects.write = () => Promise.reject(new ObjectsUnavailable('The invocation ended here.'));
    await handle(world, verified);
    const left = world.stored.size;
    world.objects.write = write;
    await handle(world, redacted);

    await handle(world, verified);

    expect(left).toBe(1);
    expect([...world.stored.keys()]).toEqual([]);
  });

  it('keeps what was seen after it', async () => {
    const world = fakeHandlerWorld({ domain: 'identity' });
    await handle(world, session('evt_later', 'canceled', 2, LARGE));

    await handle(world, redacted);

    expect(world.stored.size).toBe(1);
    expect(rowOf(world)).toMatchObject({ redactedAt: NOW + 1_000, current: { event: 'evt_later' }, erasing: [] });
  });
});

describe('a body that a newer state replaces', () => {
  it('is erased by the next event, where the handler ended before it could be', async () => {
    const world = await crashingAt('erase', 1);
    const outcomes = [await handle(world, later)];
    const left = [...world.stored.keys()];

    outcomes.push(await handle(world, later));

    expect(outcomes).toEqual(['kept', 'handled']);
    expect(left).toHaveLength(1);
    expect(world.stored.size).toBe(0);
    expect(rowOf(world)?.erasing).toEqual([]);
  });
});
