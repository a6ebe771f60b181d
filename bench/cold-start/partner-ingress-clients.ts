import { BatchGetItemCommand, DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** The floor of the partner ingress's cold start: its clients, built, and the commands it sends. */
export const clients = [new DynamoDBClient({}), new EventBridgeClient({}), new SQSClient({})];
export const commands = [
  BatchGetItemCommand,
  GetItemCommand,
  UpdateItemCommand,
  PutEventsCommand,
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
];
