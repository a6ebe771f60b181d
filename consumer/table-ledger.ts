import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Ledger } from '#shared/ledger/ledger.ts';
import { ledgerOnTable } from '#shared/ledger/ledger-on-table.ts';
import type { LedgerTable } from '#shared/ledger/ledger-table.ts';

export interface TableLedgerOptions {
  /**
   * Name of your own table, never the pipeline's: partition key `event` and sort key `stage`, both texts, time to live
   * by `expiresAt`. The function may `dynamodb:UpdateItem` and `dynamodb:GetItem` there.
   */
  readonly table: string;
  /** Your own, with your time-outs. @default one from the function's environment */
  readonly client?: DynamoDBClient;
}

/** Keeps what {@link idempotent} needs to know in a DynamoDB table. The client's package is loaded at the first claim. */
export function tableLedger({ table, client }: TableLedgerOptions): (leaseMs: number) => Ledger {
  const calls = callsOn(client);
  return (leaseMs) => ledgerOnTable({ table, calls, leaseMs, clock: { now: Date.now }, newOwner: randomUUID });
}

function callsOn(given: DynamoDBClient | undefined): LedgerTable {
  const load = async () => {
    const sdk = await import('@aws-sdk/client-dynamodb');
    return { sdk, client: given ?? new sdk.DynamoDBClient({}) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const connection = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    async update(input, abortSignal) {
      const { sdk, client } = await connection();
      try {
        return (await client.send(new sdk.UpdateItemCommand(input), { abortSignal })).Attributes ?? {};
      } catch (error) {
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return undefined;
        throw error;
      }
    },
    async get(input, abortSignal) {
      const { sdk, client } = await connection();
      return (await client.send(new sdk.GetItemCommand(input), { abortSignal })).Item;
    },
  };
}
