import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const secrets = new SecretsManagerClient({});

/**
 * The floor of the authorizer's cold start: its clients, built, and the commands it sends. The signing secrets are read
 * before the first request there, so they are here.
 */
export const clients = [new DynamoDBClient({}), new EventBridgeClient({}), secrets];
export const commands = [GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand, PutEventsCommand];
export const signingSecrets = await secrets.send(new GetSecretValueCommand({ SecretId: 'secret' }));
