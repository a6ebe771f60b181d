import { type Disposition, errorCode, errorMessage, PipelineError } from '#shared/errors/pipeline-error.ts';
import type { Failure, StageKey } from '#shared/ledger/ledger.ts';
import type { Deadlines } from '#shared/ledger/run-once.ts';
import type { QueueMessage } from '#shared/ports/messages.ts';
import { handleMessage, type Subject } from './handle-message.ts';
import type { HandlerPorts } from './ports.ts';
import type { Reactions } from './reaction.ts';
import { ReactionInProgress } from './run-reactions.ts';

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
/** SQS hides no message for longer. */
const MAX_HIDE_SECONDS = 43_200;

type Settled = { readonly handled: StageKey } | { readonly parked: true } | { readonly failed: string };

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
    work: AbortSignal.timeout(Math.max(0, remainingMs - STOP_BEFORE_MS)),
    settle: AbortSignal.timeout(Math.max(0, remainingMs - SETTLE_BEFORE_MS)),
  };
  const ledger = ports.ledgerWith(remainingMs + LEASE_MARGIN_MS);

  const settle = async (message: QueueMessage): Promise<Settled> => {
    const subject: Subject = {};
    try {
      await handleMessage(ports, reactions, message, subject, ledger, deadlines);
      return { handled: keyOf(ports, message, subject) };
    } catch (error) {
      return setAside(ports, message, subject, error, deadlines);
    }
  };
  const settled = await Promise.all(Records.map(toMessage).map(settle));

  const handled = settled.flatMap((one) => ('handled' in one ? [one.handled] : []));
  await clearFailures(ports, handled, deadlines);
  const failed = settled.flatMap((one) => ('failed' in one ? [one.failed] : []));
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** Records why a message was not handled and puts it where its error says: back, into the DLQ, or nowhere. */
async function setAside(
  ports: HandlerPorts,
  message: QueueMessage,
  subject: Subject,
  thrown: unknown,
  deadlines: Deadlines,
): Promise<Settled> {
  const { telemetry, failures, messages } = ports;
  const disposition: Disposition = thrown instanceof PipelineError ? thrown.disposition : 'retry';
  const failure = failureOf(ports, subject, thrown);
  telemetry.count(disposition === 'skip' ? 'Skipped' : disposition === 'park' ? 'Parked' : 'Failed');
  telemetry.count(`Failed_${failure.code}`);
  const fields = { ...subject, disposition, code: failure.code, reason: failure.message };
  telemetry.log(disposition === 'skip' ? 'info' : 'error', 'not handled', { ...fields, receive: message.receiveCount });
  if (disposition === 'skip') return { handled: keyOf(ports, message, subject) };

  const ignoreFault = (error: unknown) =>
    telemetry.log('error', 'not settled', { ...subject, reason: errorMessage(error) });
  await failures.record(keyOf(ports, message, subject), failure, deadlines.settle).catch(ignoreFault);
  if (disposition === 'park' || disposition === 'reject') {
    try {
      await messages.park(message, failure, deadlines.settle);
      return { parked: true };
    } catch (error) {
      ignoreFault(error);
    }
  }
  await messages.hide(message, hideSeconds(ports, message, thrown), deadlines.settle).catch(ignoreFault);
  return { failed: message.messageId };
}

/** Takes events handled at last out of the failures index; if that fails they merely stay listed until the next time. */
async function clearFailures({ failures, telemetry }: HandlerPorts, keys: readonly StageKey[], deadlines: Deadlines) {
  const unique = [...new Map(keys.map((key) => [key.event, key])).values()];
  await failures.clear(unique, deadlines.settle).catch((error: unknown) => {
    telemetry.log('warn', 'failures not cleared', {
      events: unique.map(({ event }) => event),
      reason: errorMessage(error),
    });
  });
}

function hideSeconds({ retrySchedule, clock }: HandlerPorts, { receiveCount }: QueueMessage, thrown: unknown): number {
  const seconds =
    thrown instanceof ReactionInProgress
      ? Math.ceil((thrown.leaseUntil - clock.now()) / 1000)
      : (retrySchedule[receiveCount - 1] ?? retrySchedule.at(-1) ?? 0);
  return Math.min(Math.max(seconds, 0), MAX_HIDE_SECONDS);
}

/** A message whose event is not known is recorded under its own id. */
function keyOf({ domain }: HandlerPorts, { messageId }: QueueMessage, { event }: Subject): StageKey {
  return { event: event ?? `message:${messageId}`, stage: `handle#${domain}` };
}

function failureOf({ domain }: HandlerPorts, { type, account }: Subject, thrown: unknown): Failure {
  return { domain, code: errorCode(thrown), message: errorMessage(thrown), type: type ?? 'unknown', account };
}

function toMessage({ messageId, receiptHandle, body, attributes }: SqsBatch['Records'][number]): QueueMessage {
  return { messageId, receiptHandle, body, receiveCount: Number(attributes.ApproximateReceiveCount) };
}
