import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Cases } from './dunning.ts';

/** Cases in a DynamoDB table, one row for each customer. */
export function casesTable(client: DynamoDBClient, table: string): Cases {
  return {
    async remind(customer, { invoice, attempt, amountDue, currency }, abortSignal) {
      const update = new UpdateItemCommand({
        TableName: table,
        Key: { customer: { S: customer } },
        UpdateExpression:
          'SET #state = :open, invoice = :invoice, attempt = :attempt, amountDue = :due, currency = :currency',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':open': { S: 'open' },
          ':invoice': { S: invoice },
          ':attempt': { N: String(attempt) },
          ':due': { N: String(amountDue) },
          ':currency': { S: currency },
        },
      });
      await client.send(update, { abortSignal });
    },
    async close(customer, abortSignal) {
      const update = new UpdateItemCommand({
        TableName: table,
        Key: { customer: { S: customer } },
        UpdateExpression: 'SET #state = :closed',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':closed': { S: 'closed' } },
      });
      await client.send(update, { abortSignal });
    },
  };
}
