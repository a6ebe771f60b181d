import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import Stripe from 'stripe';

/** The floor of the destination check's cold start: its clients, Stripe's among them, built, and the commands it sends. */
export const clients = [
  new DynamoDBClient({}),
  new SecretsManagerClient({}),
  new Stripe('rk_test_bench', { telemetry: false }),
];
export const commands = [BatchGetItemCommand, GetSecretValueCommand];
