import { type AttributeValue, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { FAILURES_INDEX } from '#shared/ledger/ledger.ts';
import type { LedgerRow, OperatorLedger } from '#shared/operations/operator-ledger.ts';

/** The ledger table, read by an operator's commands. */
export function dynamoDbOperatorLedger(client: DynamoDBClient, table: string): OperatorLedger {
  async function query(attribute: string, value: string, index?: string): Promise<LedgerRow[]> {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': attribute },
        ExpressionAttributeValues: { ':value': { S: value } },
        // An index is only eventually consistent.
        ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
      },
    );
    return (await Array.fromAsync(pages)).flatMap(({ Items }) => Items ?? []).map(rowOf);
  }

  return {
    rowsOf: (event) => query('event', event),
    failuresOf: (domain) => query('failedDomain', domain, FAILURES_INDEX),
  };
}

const TEXTS = [
  'claimedAt',
  'doneAt',
  'failedDomain',
  'failedAt',
  'errorCode',
  'errorMessage',
  'type',
  'account',
  'payload',
  'destination',
  'via',
  'object',
] as const;

function rowOf(item: Record<string, AttributeValue>): LedgerRow {
  const texts = TEXTS.flatMap((name) => (item[name]?.S === undefined ? [] : [[name, item[name].S] as const]));
  return {
    event: item.event?.S ?? '',
    stage: item.stage?.S ?? '',
    status: item.status?.S ?? '',
    attempts: Number(item.attempts?.N ?? 0),
    ...Object.fromEntries(texts),
    ...(item.leaseUntil?.N === undefined ? {} : { leaseUntil: Number(item.leaseUntil.N) }),
    ...(item.created?.N === undefined ? {} : { created: Number(item.created.N) }),
    ...(item.livemode?.BOOL === undefined ? {} : { livemode: item.livemode.BOOL }),
  };
}
