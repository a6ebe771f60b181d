import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The floor of the ingress's cold start: its clients, built, and the commands it sends. */
export const clients = [new DynamoDBClient({}), new EventBridgeClient({}), new SecretsManagerClient({})];
export const commands = [GetItemCommand, UpdateItemCommand, PutEventsCommand, GetSecretValueCommand];
