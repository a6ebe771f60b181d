import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** The floor of a handler's cold start: its clients, built, and the commands it sends. */
export const clients = [new DynamoDBClient({}), new SQSClient({})];
export const commands = [
  BatchGetItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
];
