import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { clientOf } from './scripted-server.ts';

type Keys = readonly [partition: string, sort: string];

export interface LocalTable {
  readonly client: DynamoDBClient;
  readonly name: string;
  close(): Promise<void>;
}

/**
 * One empty table with two text keys: on a dynalite of its own, or in the engine whose address stands in
 * `DYNAMODB_UNDER_TEST`, which the conformance run sets.
 */
export async function localTable(
  keys: Keys,
  index?: { readonly name: string; readonly keys: Keys },
): Promise<LocalTable> {
  const server = await serve();
  const client = new DynamoDBClient(clientOf(server.address));
  const name = `table-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...keys, ...(index?.keys ?? [])].map((key) => ({
        AttributeName: key,
        AttributeType: 'S',
      })),
      KeySchema: schema(keys),
      ...(index && {
        GlobalSecondaryIndexes: [
          { IndexName: index.name, KeySchema: schema(index.keys), Projection: { ProjectionType: 'ALL' } },
        ],
      }),
    }),
  );
  return {
    client,
    name,
    async close() {
      await client.send(new DeleteTableCommand({ TableName: name }));
      client.destroy();
      await server.close();
    },
  };
}

function schema([partition, sort]: Keys) {
  return [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
}

async function serve(): Promise<{ readonly address: string; close(): Promise<void> }> {
  const address = process.env.DYNAMODB_UNDER_TEST;
  if (address !== undefined) return { address, close: async () => undefined };
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
