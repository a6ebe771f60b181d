import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import { rowOf } from '../object-item.ts';

/** The rows of an object, one for each mode and account that has one. */
export async function objectRows(client: DynamoDBClient, table: string, object: string): Promise<readonly ObjectRow[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: '#object = :object',
      ExpressionAttributeNames: { '#object': 'object' },
      ExpressionAttributeValues: { ':object': { S: object } },
      ConsistentRead: true,
    },
  );
  return (await Array.fromAsync(pages)).flatMap(({ Items }) => Items ?? []).map(rowOf);
}
