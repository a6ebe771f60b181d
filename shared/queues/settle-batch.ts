import { errorMessage } from '../errors/pipeline-error.ts';
import type { StageKey } from '../ledger/ledger.ts';
import type { Deadlines } from '../ledger/run-once.ts';
import type { QueueMessage } from '../ports/messages.ts';
import { type BatchAnswer, messagesIn, type SqsBatch } from './batch.ts';
import { handlingKey } from './handling-key.ts';
import type { QueuePorts, Subject } from './queue-ports.ts';
import { setAside } from './set-aside.ts';

/** Milliseconds before Lambda's timeout: work stops at the first, ledger and queue are settled by the second. */
const STOP_BEFORE_MS = 2_000;
const SETTLE_BEFORE_MS = 750;
/** Milliseconds by which a lease that is taken for a message outlasts the invocation. */
export const LEASE_MARGIN_MS = 5_000;

interface Settled {
  readonly messageId: string;
  /** It stays in the queue. */
  readonly isKept: boolean;
  /** The ledger row of a failure that is over, if there was one. */
  readonly mended?: StageKey;
}

/** The two ends of an invocation's time. @param remainingMs until Lambda's timeout */
export function batchDeadlines(remainingMs: number): Deadlines {
  return { work: endsIn(remainingMs - STOP_BEFORE_MS), settle: endsIn(remainingMs - SETTLE_BEFORE_MS) };
}

/**
 * Handles a batch, each record by itself: one that fails neither fails nor delays the others.
 * @param handle throws whatever keeps a message from being handled; it fills the subject as soon as the event is known
 */
export async function settleBatch(
  ports: QueuePorts,
  batch: SqsBatch,
  deadlines: Deadlines,
  handle: (message: QueueMessage, subject: Subject) => Promise<void>,
): Promise<BatchAnswer> {
  const settle = async (message: QueueMessage): Promise<Settled> => {
    const subject: Subject = {};
    const { messageId } = message;
    try {
      await handle(message, subject);
      return { messageId, isKept: false, mended: handlingKey(ports, message, subject) };
    } catch (error) {
      const isKept = (await setAside(ports, message, subject, error, deadlines)) === 'kept';
      return { messageId, isKept, ...(subject.isRecorded && { mended: handlingKey(ports, message, subject) }) };
    }
  };
  const settled = await Promise.all(messagesIn(batch).map(settle));

  await clearFailures(
    ports,
    settled.flatMap(({ mended }) => mended ?? []),
    deadlines,
  );
  const kept = settled.filter(({ isKept }) => isKept);
  return { batchItemFailures: kept.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Takes failures that are over out of the failures index; if that fails they merely stay listed until the next time. */
async function clearFailures({ failures, telemetry }: QueuePorts, keys: readonly StageKey[], deadlines: Deadlines) {
  const unique = [...new Map(keys.map((key) => [key.event, key])).values()];
  await failures.clear(unique, deadlines.settle).catch((error: unknown) => {
    telemetry.log('warn', 'failures not cleared', {
      events: unique.map(({ event }) => event),
      reason: errorMessage(error),
    });
  });
}

function endsIn(ms: number): AbortSignal {
  return ms > 0 ? AbortSignal.timeout(ms) : AbortSignal.abort();
}
