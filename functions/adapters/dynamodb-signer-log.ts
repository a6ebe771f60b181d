import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { LedgerUnavailable } from '#shared/errors/store-errors.ts';
import { LEDGER_TTL_SECONDS } from '#shared/ledger/ledger.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { SignerLog } from '#shared/ports/signer-log.ts';

export interface SignerLogOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly clock: Clock;
}

/** One row of the ledger table for each secret that was awaited; no event has a key like it. */
export function dynamoDbSignerLog({ client, table, clock }: SignerLogOptions): SignerLog {
  return {
    async seen(destination, fingerprint, signal) {
      const command = new UpdateItemCommand({
        TableName: table,
        Key: keyOf(destination, fingerprint),
        UpdateExpression: 'SET seenAt = :now, expiresAt = :expiry',
        ExpressionAttributeValues: {
          ':now': { S: new Date(clock.now()).toISOString() },
          ':expiry': { N: String(Math.floor(clock.now() / 1000) + LEDGER_TTL_SECONDS) },
        },
      });
      await client.send(command, { abortSignal: signal }).catch((cause: unknown) => {
        const reason = errorName(cause);
        throw new LedgerUnavailable(`The ledger did not take down a signer of ${destination}: ${reason}.`, { cause });
      });
    },
  };
}

/** When a delivery signed by a secret was last taken, as ISO 8601; `undefined` when none was. */
export async function signerSeenAt(
  { client, table }: { readonly client: DynamoDBClient; readonly table: string },
  destination: string,
  fingerprint: string,
): Promise<string | undefined> {
  const command = new GetItemCommand({ TableName: table, Key: keyOf(destination, fingerprint), ConsistentRead: true });
  return (await client.send(command)).Item?.seenAt?.S;
}

function keyOf(destination: string, fingerprint: string) {
  return { event: { S: `signer#${destination}` }, stage: { S: fingerprint } };
}
