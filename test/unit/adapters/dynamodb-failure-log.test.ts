import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbFailureLog } from '#functions/adapters/dynamodb-failure-log.ts';
import { LedgerUnavailable } from '#shared/errors/store-errors.ts';
import type { Failure, StageKey } from '#shared/ledger/ledger.ts';
import { type LocalTable, localTable } from './local-table.ts';

const never = new AbortController().signal;
const failure: Failure = { domain: 'billing', code: 'unexpected_error', message: 'no', type: 'invoice.paid' };
const keyOf = (event: string): StageKey => ({ event, stage: 'handle#billing' });

const clock = { time: Date.parse('2026-11-20T12:00:00Z'), now: () => clock.time };
let table: LocalTable;
let log: ReturnType<typeof dynamoDbFailureLog>;

beforeAll(async () => {
  table = await localTable(['event', 'stage']);
  log = dynamoDbFailureLog({ client: table.client, table: table.name, clock });
});
afterAll(() => table.close());

async function rowOf(event: string) {
  const { Items } = await table.client.send(new ScanCommand({ TableName: table.name }));
  return Items?.find((item) => item.event?.S === event);
}

describe('the failure log', () => {
  it('counts the failures of an event and keeps the last reason', async () => {
    await log.record(keyOf('evt_1'), failure, never);
    await log.record(keyOf('evt_1'), { ...failure, code: 'objects_unavailable', account: 'acct_1' }, never);

    expect(await rowOf('evt_1')).toMatchObject({
      status: { S: 'failed' },
      attempts: { N: '2' },
      errorCode: { S: 'objects_unavailable' },
      account: { S: 'acct_1' },
      failedDomain: { S: 'billing' },
      failedAt: { S: '2026-11-20T12:00:00.000Z' },
    });
  });

  it('takes an event out of the index once it is handled, and writes nothing for events that never failed', async () => {
    await log.record(keyOf('evt_2'), failure, never);

    await log.clear([keyOf('evt_2'), keyOf('evt_never_failed')], never);

    const row = await rowOf('evt_2');
    expect(row).toMatchObject({ status: { S: 'done' }, attempts: { N: '1' } });
    expect(row).not.toHaveProperty('failedAt');
    expect(await rowOf('evt_never_failed')).toBeUndefined();
  });

  it('says ledger_unavailable when the table does not answer in time', async () => {
    await expect(log.record(keyOf('evt_3'), failure, AbortSignal.abort())).rejects.toThrow(LedgerUnavailable);
    await expect(log.clear([keyOf('evt_3')], AbortSignal.abort())).rejects.toThrow(LedgerUnavailable);
  });
});
