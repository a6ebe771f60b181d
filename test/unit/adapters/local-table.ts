import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { clientOf } from './scripted-server.ts';

export interface LocalTable {
  readonly client: DynamoDBClient;
  readonly name: string;
  close(): Promise<void>;
}

/** One empty table with two text keys, on a server of its own. */
export async function localTable(partition: string, sort: string): Promise<LocalTable> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new DynamoDBClient(clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  await client.send(
    new CreateTableCommand({
      TableName: 'table',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [partition, sort].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: partition, KeyType: 'HASH' },
        { AttributeName: sort, KeyType: 'RANGE' },
      ],
    }),
  );
  return {
    client,
    name: 'table',
    async close() {
      client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
