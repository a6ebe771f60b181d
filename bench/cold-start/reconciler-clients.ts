import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import Stripe from 'stripe';

/** The floor of the reconciler's cold start: its clients, Stripe's among them, built, and the commands it sends. */
export const clients = [
  new DynamoDBClient({}),
  new EventBridgeClient({}),
  new SecretsManagerClient({}),
  new Stripe('rk_test_bench', { telemetry: false }),
];
export const commands = [
  BatchGetItemCommand,
  GetItemCommand,
  UpdateItemCommand,
  PutEventsCommand,
  GetSecretValueCommand,
  paginateQuery,
];
