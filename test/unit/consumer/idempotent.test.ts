import { setTimeout as sleep } from 'node:timers/promises';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idempotent, WorkTimedOut } from '#consumer/idempotent.ts';
import { tableLedger } from '#consumer/table-ledger.ts';
import { memoryLedger } from '#consumer/testing/memory-ledger.ts';
import { sampleStripeEvent } from '#consumer/testing/sample-stripe-event.ts';
import { InProgressElsewhere } from '#shared/errors/queue-errors.ts';
import { LedgerUnavailable } from '#shared/errors/store-errors.ts';
import { type LocalTable, localTable } from '../adapters/local-table.ts';

const time = (ms: number) => ({ getRemainingTimeInMillis: () => ms });
const plenty = time(30_000);
let table: LocalTable;
beforeAll(async () => {
  // The keys that the guide tells consumers to give their table.
  table = await localTable(['event', 'stage']);
});
afterAll(() => table.close());

const LEDGERS = {
  'in a table': () => tableLedger({ table: table.name, client: table.client }),
  'in memory': () => memoryLedger(),
};
let count = 0;
const fresh = () => sampleStripeEvent('invoice.paid', { seed: `idempotent ${count++}`, account: 'acct_1' });

describe.each(Object.entries(LEDGERS))('idempotent, with its ledger %s', (_where, ledgerOf) => {
  it('does its work once for an event, and then says that it was done', async () => {
    const once = idempotent({ name: 'dunning', ledger: ledgerOf() });
    const event = fresh();

    expect(await once(event, plenty, async () => 'mailed')).toEqual({
      outcome: 'ran',
      result: 'mailed',
      settled: 'completed',
    });
    expect(await once(event, plenty, async () => 'mailed twice')).toEqual({ outcome: 'done' });
  });

  it('tells works apart by their names, and hands each a key of its own that stays the same', async () => {
    const ledger = ledgerOf();
    const event = fresh();
    const keys: string[] = [];
    for (const name of ['mail', 'book', 'mail']) {
      await idempotent({ name, ledger })(event, plenty, async ({ idempotencyKey }) => void keys.push(idempotencyKey));
    }

    expect(keys).toEqual([`${event.id}/mail`, `${event.id}/book`]);
  });

  it('does it again after it failed, with the same key', async () => {
    const once = idempotent({ name: 'dunning', ledger: ledgerOf() });
    const event = fresh();
    const keys: string[] = [];
    const work = async ({ idempotencyKey }: { idempotencyKey: string }) => {
      if (keys.push(idempotencyKey) === 1) throw new Error('the mail server is away');
    };

    await expect(once(event, plenty, work)).rejects.toThrow('the mail server is away');
    expect(await once(event, plenty, work)).toMatchObject({ outcome: 'ran' });
    expect(new Set(keys).size).toBe(1);
  });

  it('of two at once lets one in, and tells the other until when it holds', async () => {
    const once = idempotent({ name: 'dunning', ledger: ledgerOf() });
    const event = fresh();
    const { promise: held, resolve: finish } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const first = once(event, plenty, async () => {
      begin();
      await held;
    });
    await begun;

    const second = await once(event, plenty, async () => undefined).catch((error: unknown) => error);
    finish();

    expect(second).toBeInstanceOf(InProgressElsewhere);
    expect(second).toMatchObject({ disposition: 'retry', leaseUntil: expect.any(Number) });
    expect(await first).toMatchObject({ outcome: 'ran' });
  });
});

describe('idempotent', () => {
  it('of any number of deliveries, some of which fail, lets exactly one do the work', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), fc.boolean(), async (fails, atOnce) => {
        const once = idempotent({ name: 'dunning', ledger: memoryLedger() });
        const event = fresh();
        let done = 0;
        const deliver = (fail: boolean) =>
          once(event, plenty, async () => {
            await Promise.resolve();
            if (fail) throw new Error('failed');
            done += 1;
          }).catch(() => undefined);

        if (atOnce) await Promise.all(fails.map(deliver));
        else for (const fail of fails) await deliver(fail);
        await deliver(false);

        expect(done).toBe(1);
      }),
    );
  });

  it('lets the work in again once the invocation that died would have ended, and five seconds more', async () => {
    let now = 1_000_000;
    const ledger = memoryLedger(() => now);
    const once = idempotent({ name: 'dunning', ledger });
    const event = fresh();
    // An invocation that dies leaves a claim behind, and nothing else.
    await ledger(30_000 + 5_000).claim(
      { event: event.id, stage: 'consume#dunning' },
      undefined,
      AbortSignal.timeout(1_000),
    );

    now += 34_999;
    await expect(once(event, plenty, async () => undefined)).rejects.toThrow(InProgressElsewhere);
    now += 1;
    expect(await once(event, plenty, async () => 'again')).toMatchObject({ outcome: 'ran' });
  });

  it('ends the signal two seconds before the invocation, and does not wait for work that goes on', async () => {
    const once = idempotent({ name: 'dunning', ledger: memoryLedger() });
    let isInvocationOver = false;
    let endedInTime = false;
    const invocation = setTimeout(() => (isInvocationOver = true), 2_050);

    const working = once(fresh(), time(2_050), async ({ signal }) => {
      signal.addEventListener('abort', () => (endedInTime = !isInvocationOver));
      await sleep(60_000, undefined, { ref: false });
    });

    await expect(working).rejects.toThrow(WorkTimedOut);
    clearTimeout(invocation);
    expect(endedInTime).toBe(true);
  });

  it('does nothing when the ledger does not answer', async () => {
    const once = idempotent({ name: 'dunning', ledger: tableLedger({ table: 'missing', client: table.client }) });
    const done: string[] = [];

    await expect(once(fresh(), plenty, async () => void done.push('mailed'))).rejects.toThrow(LedgerUnavailable);
    expect(done).toEqual([]);
  });

  it('keeps in its table why the last try failed, and when the row may go', async () => {
    const event = fresh();
    const once = idempotent({ name: 'dunning', ledger: LEDGERS['in a table']() });
    await once(event, plenty, async () => Promise.reject(new Error('the mail server is away'))).catch(() => undefined);

    const Key = { event: { S: event.id }, stage: { S: 'consume#dunning' } };
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key }));

    expect(Item).toMatchObject({
      status: { S: 'claimed' },
      leaseUntil: { N: '0' },
      attempts: { N: '1' },
      errorCode: { S: 'unexpected_error' },
      errorMessage: { S: 'the mail server is away' },
      type: { S: 'invoice.paid' },
      account: { S: 'acct_1' },
    });
    expect(Number(Item?.expiresAt?.N) * 1000 - Date.now()).toBeGreaterThan(34 * 86_400_000);
  });
});
