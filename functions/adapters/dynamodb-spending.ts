import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { ObjectsUnavailable } from '#shared/errors/store-errors.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import { spendingKey } from '#shared/issuing/spending-key.ts';
import type { Spending, Spent } from '#shared/ports/spending.ts';
import { partsOf } from '#shared/projection/team-row-scope.ts';

/** Spending as rows of the objects table, one for each authorization, under the card and the month. */
export function dynamoDbSpending(client: DynamoDBClient, table: string): Spending {
  return {
    async inMonth({ card, scope, month }, signal) {
      const spent: Spent[] = [];
      let start: Record<string, AttributeValue> | undefined;
      do {
        const command = new QueryCommand({
          TableName: table,
          // What was approved a moment ago counts.
          ConsistentRead: true,
          KeyConditionExpression: '#object = :object AND begins_with(#scope, :parts)',
          ExpressionAttributeNames: { '#object': 'object', '#scope': 'scope', '#data': 'data' },
          ExpressionAttributeValues: {
            ':object': { S: spendingKey({ card, month }) },
            ':parts': { S: partsOf(scope) },
          },
          ProjectionExpression: '#data',
          ...(start !== undefined && { ExclusiveStartKey: start }),
        });
        const page = await client.send(command, { abortSignal: signal }).catch(fail);
        spent.push(...(page.Items ?? []).map(({ data }) => read(data?.S ?? '')));
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
      return spent;
    },
  };
}

function read(text: string): Spent {
  const value: unknown = JSON.parse(text);
  if (isRecord(value) && typeof value.amount === 'number' && typeof value.created === 'number') {
    return { amount: value.amount, created: value.created };
  }
  throw new ObjectsUnavailable('A row of spending holds no "amount" and "created".');
}

function fail(cause: unknown): never {
  const reason = errorName(cause);
  throw new ObjectsUnavailable(`The objects table did not give the spending of a card: ${reason}.`, { cause });
}
