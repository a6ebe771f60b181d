import { type AttributeValue, BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { LedgerUnavailable } from '#shared/errors/store-errors.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { PublishedEvents, Standing } from '#shared/ports/published-events.ts';
import { awsClient } from './aws-client.ts';

/** Keys that one BatchGetItem takes. */
const KEYS_PER_CALL = 100;
/** Answers with less than all that was asked for, after which the table is out of order. */
const MAX_REPEATS = 5;
/** Milliseconds before what was left over is asked for again, times the repeat. */
const PAUSE_MS = 100;

export interface PublishedEventsOptions {
  /** @default one from Lambda's own environment */
  readonly client?: DynamoDBClient;
  readonly table: string;
  readonly clock: Clock;
  sleep(ms: number): Promise<void>;
}

/**
 * The `publish` rows of the ledger, a hundred at a time. A read a moment too old at worst takes an event for missing
 * that is being published, and the claim then finds out; so the reads are the cheap ones.
 */
export function dynamoDbPublishedEvents(options: PublishedEventsOptions): PublishedEvents {
  const { client = awsClient(DynamoDBClient), table, clock, sleep } = options;

  async function read(ids: readonly string[], signal: AbortSignal): Promise<Record<string, AttributeValue>[]> {
    const found: Record<string, AttributeValue>[] = [];
    let keys: Record<string, AttributeValue>[] = ids.map((id) => ({ event: { S: id }, stage: { S: 'publish' } }));
    for (let repeats = 0; keys.length > 0; repeats += 1) {
      if (repeats > MAX_REPEATS) {
        throw new LedgerUnavailable(`The ledger left ${keys.length} of ${ids.length} rows unread, time and again.`);
      }
      if (repeats > 0) await sleep(PAUSE_MS * repeats);
      const command = new BatchGetItemCommand({
        RequestItems: {
          [table]: {
            Keys: keys,
            ProjectionExpression: '#event, #status, leaseUntil',
            ExpressionAttributeNames: { '#event': 'event', '#status': 'status' },
          },
        },
      });
      const { Responses, UnprocessedKeys } = await client.send(command, { abortSignal: signal }).catch((cause) => {
        const reason = errorName(cause);
        throw new LedgerUnavailable(`The ledger did not answer for ${keys.length} events: ${reason}.`, { cause });
      });
      found.push(...(Responses?.[table] ?? []));
      keys = UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return found;
  }

  return {
    async standings(ids, signal) {
      const standings = new Map<string, Standing>(ids.map((id) => [id, 'missing']));
      const unique = [...standings.keys()];
      for (let start = 0; start < unique.length; start += KEYS_PER_CALL) {
        for (const { event, status, leaseUntil } of await read(unique.slice(start, start + KEYS_PER_CALL), signal)) {
          const isLive = Number(leaseUntil?.N ?? 0) > clock.now();
          standings.set(event?.S ?? '', status?.S === 'done' ? 'published' : isLive ? 'in flight' : 'missing');
        }
      }
      return standings;
    },
  };
}
