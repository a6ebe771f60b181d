import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Ledger } from '#shared/ledger/ledger.ts';
import { ledgerOnTable, type TableLedgerOptions } from '#shared/ledger/ledger-on-table.ts';

export interface DynamoDbLedgerOptions extends Omit<TableLedgerOptions, 'calls'> {
  readonly client: DynamoDBClient;
}

/** The ledger protocol on one DynamoDB table. */
export function dynamoDbLedger({ client, ...options }: DynamoDbLedgerOptions): Ledger {
  return ledgerOnTable({
    ...options,
    calls: {
      async update(input, abortSignal) {
        try {
          return (await client.send(new UpdateItemCommand(input), { abortSignal })).Attributes ?? {};
        } catch (error) {
          if (error instanceof ConditionalCheckFailedException) return undefined;
          throw error;
        }
      },
      async get(input, abortSignal) {
        return (await client.send(new GetItemCommand(input), { abortSignal })).Item;
      },
    },
  });
}
