import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { awsClientOptions } from '#functions/adapters/aws-client-options.ts';

/**
 * The floor of the ingress: the three calls that one event needs, with the attributes and bytes that the ingress
 * sends, and nothing else. No signature, no parsing, no checks, no logs.
 */
const dynamoDb = new DynamoDBClient(awsClientOptions);
const events = new EventBridgeClient(awsClientOptions);

let sequence = 0;

export async function handler({ body }: { readonly body: string }): Promise<void> {
  sequence += 1;
  const Key = { event: { S: `evt_${sequence}` }, stage: { S: 'publish' } };
  await dynamoDb.send(
    new UpdateItemCommand({
      TableName: 'ledger',
      Key,
      UpdateExpression:
        'SET #status = :claimed, #owner = :owner, leaseUntil = :until, claimedAt = :claimedAt, attempts = if_not_exists(attempts, :zero) + :one, expiresAt = :expiry, #type = :type, #livemode = :livemode, #created = :created, #payload = :payload, #destination = :destination, #via = :via REMOVE doneAt',
      ConditionExpression:
        'attribute_not_exists(stage) OR (#status = :claimed AND leaseUntil <= :now) OR expiresAt <= :nowSeconds OR #owner = :owner',
      ExpressionAttributeNames: {
        '#status': 'status',
        '#owner': 'owner',
        '#type': 'type',
        '#livemode': 'livemode',
        '#created': 'created',
        '#payload': 'payload',
        '#destination': 'destination',
        '#via': 'via',
      },
      ExpressionAttributeValues: {
        ':type': { S: 'invoice.paid' },
        ':livemode': { BOOL: false },
        ':created': { N: '1700000000000' },
        ':payload': { S: 'snapshot' },
        ':destination': { S: 'account' },
        ':via': { S: 'webhook' },
        ':claimed': { S: 'claimed' },
        ':owner': { S: '00000000-0000-4000-8000-000000000000' },
        ':until': { N: '1700000015000' },
        ':claimedAt': { S: '2026-11-20T12:00:00.000Z' },
        ':zero': { N: '0' },
        ':one': { N: '1' },
        ':now': { N: '1700000000000' },
        ':nowSeconds': { N: '1700000000' },
        ':expiry': { N: '1703024000' },
      },
      ReturnValues: 'UPDATED_OLD',
    }),
  );
  await events.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: 'bus',
          Source: 'stripe',
          DetailType: 'invoice.paid',
          Detail: body,
          Time: new Date(1_700_000_000_000),
        },
      ],
    }),
  );
  await dynamoDb.send(
    new UpdateItemCommand({
      TableName: 'ledger',
      Key,
      UpdateExpression:
        'SET #status = :done, doneAt = :doneAt REMOVE leaseUntil, errorCode, errorMessage, failedDomain, failedAt',
      ConditionExpression: '#owner = :owner',
      ExpressionAttributeNames: { '#status': 'status', '#owner': 'owner' },
      ExpressionAttributeValues: {
        ':done': { S: 'done' },
        ':doneAt': { S: '2026-11-20T12:00:00.000Z' },
        ':owner': { S: '00000000-0000-4000-8000-000000000000' },
      },
      ReturnValues: 'UPDATED_OLD',
    }),
  );
}
