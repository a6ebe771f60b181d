import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { awsClientOptions } from '#functions/adapters/aws-client.ts';

/**
 * The floor of the ingress: the three calls that one event needs, with the attributes and bytes that the ingress
 * sends, and nothing else. No signature, no parsing, no checks, no deadlines, no logs.
 */
const dynamoDb = new DynamoDBClient(awsClientOptions);
const events = new EventBridgeClient(awsClientOptions);

let sequence = 0;

/** @param body what the ingress puts on the bus, as one text that is ready */
export async function handler(body: string): Promise<void> {
  sequence += 1;
  const Key = { event: { S: `evt_${String(sequence).padStart(24, '1')}` }, stage: { S: 'publish' } };
  await dynamoDb.send(
    new UpdateItemCommand({
      TableName: 'ledger',
      Key,
      UpdateExpression:
        'SET #status = :claimed, #owner = :owner, leaseUntil = :until, claimedAt = :claimedAt, attempts = if_not_exists(attempts, :zero) + :one, expiresAt = :expiry, #type = :type, #livemode = :livemode, #created = :created, #payload = :payload, #destination = :destination, #via = :via, #object = :object REMOVE doneAt',
      ConditionExpression:
        'attribute_not_exists(stage) OR (#status = :claimed AND (leaseUntil <= :now OR #owner = :owner)) OR expiresAt <= :nowSeconds',
      ExpressionAttributeNames: {
        '#status': 'status',
        '#owner': 'owner',
        '#type': 'type',
        '#livemode': 'livemode',
        '#created': 'created',
        '#payload': 'payload',
        '#destination': 'destination',
        '#via': 'via',
        '#object': 'object',
      },
      ExpressionAttributeValues: {
        ':type': { S: 'invoice.paid' },
        ':livemode': { BOOL: false },
        ':created': { N: '1700000000000' },
        ':payload': { S: 'snapshot' },
        ':destination': { S: 'account' },
        ':via': { S: 'webhook' },
        ':object': { S: 'in_1A2b3C4d5E6f7G8h9I0j1K2L' },
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
      ReturnValues: 'ALL_OLD',
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
      ReturnValues: 'ALL_OLD',
    }),
  );
}
