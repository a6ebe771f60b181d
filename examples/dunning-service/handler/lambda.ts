import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { idempotent, type RemainingTime, type SettledRecord, settleRecords, tableLedger } from 'stripe-fanout/events';
import { casesTable } from './cases-table.ts';
import { handleRecord } from './handle-record.ts';

interface Batch {
  readonly Records: readonly (SettledRecord & { readonly body: string })[];
}

const { LEDGER_TABLE = '', CASES_TABLE = '' } = process.env;
const client = new DynamoDBClient({});
const ports = {
  cases: casesTable(client, CASES_TABLE),
  once: idempotent({ name: 'dunning', ledger: tableLedger({ table: LEDGER_TABLE, client }) }),
  log: (entry: object) => console.log(JSON.stringify(entry)),
};

export const handler = (batch: Batch, context: RemainingTime) =>
  settleRecords(batch, (record) => handleRecord(record, context, ports));
