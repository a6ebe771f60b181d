import { errorMessage } from '#shared/errors/pipeline-error.ts';
import type { StageKey } from '#shared/ledger/ledger.ts';
import type { Deadlines } from '#shared/ledger/run-once.ts';
import type { QueueMessage } from '#shared/ports/messages.ts';
import { handleMessage, type Subject } from './handle-message.ts';
import { handlingKey } from './handling-key.ts';
import type { HandlerPorts } from './ports.ts';
import type { Reactions } from './reaction.ts';
import { setAside } from './set-aside.ts';

/** The parts of Lambda's SQS event that a handler reads. */
export interface SqsBatch {
  readonly Records: readonly {
    readonly messageId: string;
    readonly receiptHandle: string;
    readonly body: string;
    readonly attributes: { readonly ApproximateReceiveCount: string };
  }[];
}

/** Lambda's partial batch response: the messages named here stay in the queue. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Milliseconds before Lambda's timeout: work stops at the first, ledger and queue are settled by the second. */
const STOP_BEFORE_MS = 2_000;
const SETTLE_BEFORE_MS = 750;
/** Milliseconds by which a reaction's lease outlasts its invocation. */
const LEASE_MARGIN_MS = 5_000;

interface Settled {
  readonly messageId: string;
  /** It stays in the queue. */
  readonly isKept: boolean;
  /** The ledger row of a failure that is over, if there was one. */
  readonly mended?: StageKey;
}

/**
 * Handles a batch, each record by itself: one that fails neither fails nor delays the others.
 * @param remainingMs until Lambda's timeout
 */
export async function handleBatch(
  ports: HandlerPorts,
  reactions: Reactions,
  { Records }: SqsBatch,
  remainingMs: number,
): Promise<BatchAnswer> {
  const deadlines = {
    work: endsIn(remainingMs - STOP_BEFORE_MS),
    settle: endsIn(remainingMs - SETTLE_BEFORE_MS),
  };
  const ledger = ports.ledgerWith(remainingMs + LEASE_MARGIN_MS);

  const settle = async (message: QueueMessage): Promise<Settled> => {
    const subject: Subject = {};
    const { messageId } = message;
    try {
      await handleMessage(ports, reactions, message, subject, ledger, deadlines);
      return { messageId, isKept: false, mended: handlingKey(ports, message, subject) };
    } catch (error) {
      const isKept = (await setAside(ports, message, subject, error, deadlines)) === 'kept';
      return { messageId, isKept, ...(subject.isReactionsFault && { mended: handlingKey(ports, message, subject) }) };
    }
  };
  const settled = await Promise.all(Records.map(toMessage).map(settle));

  await clearFailures(
    ports,
    settled.flatMap(({ mended }) => mended ?? []),
    deadlines,
  );
  const kept = settled.filter(({ isKept }) => isKept);
  return { batchItemFailures: kept.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Takes failures that are over out of the failures index; if that fails they merely stay listed until the next time. */
async function clearFailures({ failures, telemetry }: HandlerPorts, keys: readonly StageKey[], deadlines: Deadlines) {
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

function toMessage({ messageId, receiptHandle, body, attributes }: SqsBatch['Records'][number]): QueueMessage {
  return { messageId, receiptHandle, body, receiveCount: Number(attributes.ApproximateReceiveCount) };
}
