import { errorCode, errorMessage } from '#shared/errors/pipeline-error.ts';
import type { BatchAnswer } from '#shared/queues/batch.ts';

/** What is read of a record of Lambda's SQS event. */
export interface SettledRecord {
  readonly messageId: string;
  readonly eventSourceARN: string;
  readonly attributes: { readonly MessageGroupId?: string | undefined };
}

/** A record that stays in its queue, and why. */
export interface RecordFailure {
  readonly messageId: string;
  readonly code: string;
  readonly message: string;
  readonly error: unknown;
}

export interface SettleOptions {
  /** @default one JSON line on stderr with the code and the message, which hold no payload of ours */
  readonly onFailure?: (failure: RecordFailure) => void;
}

/**
 * Handles a batch, each record by itself, and answers Lambda which of them stay in the queue: the event-source mapping
 * has to ask for that with `ReportBatchItemFailures`, as every `StripeEventSubscription`'s does. On a FIFO queue the
 * records of one group are handled in their order, and those behind a failed one stay as well.
 * @param handle throws to leave the record in the queue, which gives it out again, and after its last try to the DLQ
 */
export async function settleRecords<Each extends SettledRecord>(
  batch: { readonly Records: readonly Each[] },
  handle: (record: Each) => Promise<unknown>,
  { onFailure = logFailure }: SettleOptions = {},
): Promise<BatchAnswer> {
  const lanes = Object.values(Object.groupBy(batch.Records, laneOf));
  const kept = await Promise.all(lanes.map((lane = []) => settleLane(lane, handle, onFailure)));
  return { batchItemFailures: kept.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Records of one lane wait for each other. A group of a standard queue orders nothing. */
function laneOf({ messageId, eventSourceARN, attributes }: SettledRecord): string {
  return eventSourceARN.endsWith('.fifo') ? `group ${attributes.MessageGroupId}` : `message ${messageId}`;
}

async function settleLane<Each extends SettledRecord>(
  lane: readonly Each[],
  handle: (record: Each) => Promise<unknown>,
  onFailure: (failure: RecordFailure) => void,
): Promise<readonly Each[]> {
  for (const [at, record] of lane.entries()) {
    try {
      await handle(record);
    } catch (error) {
      onFailure({ messageId: record.messageId, code: errorCode(error), message: errorMessage(error), error });
      return lane.slice(at);
    }
  }
  return [];
}

function logFailure({ messageId, code, message }: RecordFailure): void {
  // biome-ignore lint/suspicious/noConsole: what a function writes there is its log
  console.error(JSON.stringify({ level: 'ERROR', message: 'not handled', messageId, code, reason: message }));
}
