import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { ObjectsUnavailable } from '#shared/errors/store-errors.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TeamRows } from '#shared/ports/team-rows.ts';
import { teamRowScope } from '#shared/projection/team-row-scope.ts';
import { itemOf, keyItemOf, rowOf } from './object-item.ts';

/** The objects table: Stripe's objects by their version, and the rows of reactions by their time. */
export function dynamoDbObjectStore(client: DynamoDBClient, table: string): ObjectStore & TeamRows {
  async function putIf(
    condition: string,
    item: Record<string, AttributeValue>,
    names: Record<string, string>,
    values: Record<string, AttributeValue>,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      const command = new PutItemCommand({
        TableName: table,
        Item: item,
        ConditionExpression: condition,
        ExpressionAttributeNames: names,
        ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
      });
      await client.send(command, { abortSignal: signal });
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw unavailable('take', error);
    }
  }

  return {
    async read(key, signal) {
      const command = new GetItemCommand({ TableName: table, Key: keyItemOf(key), ConsistentRead: true });
      const { Item } = await client.send(command, { abortSignal: signal }).catch((error: unknown) => {
        throw unavailable('give', error);
      });
      return Item === undefined ? undefined : rowOf(Item);
    },

    write(row, signal) {
      if (row.version === 1)
        return putIf('attribute_not_exists(#object)', itemOf(row), { '#object': 'object' }, {}, signal);
      const before = { ':before': { N: String(row.version - 1) } };
      return putIf('#version = :before', itemOf(row), { '#version': 'version' }, before, signal);
    },

    put({ object, asOf, event, data, ...named }, signal) {
      const item = {
        ...keyItemOf({ object, scope: teamRowScope(named) }),
        kind: { S: object.split(':')[0] ?? object },
        asOf: { N: String(asOf) },
        event: { S: event },
        data: { S: JSON.stringify(data) },
      };
      const names = { '#object': 'object', '#asOf': 'asOf' };
      return putIf('attribute_not_exists(#object) OR #asOf <= :asOf', item, names, { ':asOf': item.asOf }, signal);
    },
  };
}

function unavailable(verb: string, cause: unknown): ObjectsUnavailable {
  const reason = errorName(cause);
  return new ObjectsUnavailable(`The objects table did not ${verb} a row: ${reason}.`, { cause });
}
