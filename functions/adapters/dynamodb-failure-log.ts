import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { LedgerUnavailable } from '#shared/errors/store-errors.ts';
import { type FailureLog, LEDGER_TTL_SECONDS, type StageKey } from '#shared/ledger/ledger.ts';
import { failureValues } from '#shared/ledger/ledger-values.ts';
import type { Clock } from '#shared/ports/clock.ts';

export interface DynamoDbFailureLogOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly clock: Clock;
}

/** Failures of handling, as rows of the ledger table that its `failures` index lists until they are done. */
export function dynamoDbFailureLog({ client, table, clock }: DynamoDbFailureLogOptions): FailureLog {
  const keyOf = ({ event, stage }: StageKey) => ({ event: { S: event }, stage: { S: stage } });

  async function failedAmong(
    keys: readonly StageKey[],
    signal: AbortSignal,
  ): Promise<Record<string, AttributeValue>[]> {
    const command = new BatchGetItemCommand({
      RequestItems: { [table]: { Keys: keys.map(keyOf), ConsistentRead: true } },
    });
    const { Responses, UnprocessedKeys } = await client.send(command, { abortSignal: signal }).catch(fail);
    if (Object.keys(UnprocessedKeys ?? {}).length > 0)
      throw new LedgerUnavailable('The ledger left keys unread: throttled.');
    return (Responses?.[table] ?? []).filter(({ failedAt }) => failedAt !== undefined);
  }

  return {
    async record(key, failure, signal) {
      const values = failureValues(failure, clock.now());
      const names = Object.keys(values);
      const command = new UpdateItemCommand({
        TableName: table,
        Key: keyOf(key),
        UpdateExpression: `SET ${[...names, 'status', 'expiresAt'].map((name) => `#${name} = :${name}`).join(', ')} ADD attempts :one`,
        ExpressionAttributeNames: Object.fromEntries(
          [...names, 'status', 'expiresAt'].map((name) => [`#${name}`, name]),
        ),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
          ':status': { S: 'failed' },
          ':expiresAt': { N: String(Math.floor(clock.now() / 1000) + LEDGER_TTL_SECONDS) },
          ':one': { N: '1' },
        },
      });
      await client.send(command, { abortSignal: signal }).catch(fail);
    },

    async clear(keys, signal) {
      if (keys.length === 0) return;
      for (const { event, stage, failedAt } of await failedAmong(keys, signal)) {
        if (event === undefined || stage === undefined || failedAt === undefined) continue;
        const command = new UpdateItemCommand({
          TableName: table,
          Key: { event, stage },
          UpdateExpression: 'SET #status = :done, doneAt = :now REMOVE failedDomain, failedAt',
          // A failure recorded after we looked must stay.
          ConditionExpression: 'failedAt = :seen',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':done': { S: 'done' },
            ':now': { S: new Date(clock.now()).toISOString() },
            ':seen': failedAt,
          },
        });
        await client.send(command, { abortSignal: signal }).catch((error: unknown) => {
          if (!(error instanceof ConditionalCheckFailedException)) fail(error);
        });
      }
    },
  };
}

function fail(cause: unknown): never {
  const reason = errorName(cause);
  throw new LedgerUnavailable(`The ledger did not answer for a failure of handling: ${reason}.`, { cause });
}
