import { BatchGetItemCommand, DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import Stripe from 'stripe';

/** The floor of the resolver's cold start: its clients, Stripe's among them, built, and the commands it sends. */
export const clients = [
  new DynamoDBClient({}),
  new EventBridgeClient({}),
  new SecretsManagerClient({}),
  new SQSClient({}),
  new Stripe('rk_test_bench', { telemetry: false }),
];
export const commands = [
  BatchGetItemCommand,
  GetItemCommand,
  UpdateItemCommand,
  PutEventsCommand,
  GetSecretValueCommand,
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
];
