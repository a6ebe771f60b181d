import type { BatchAnswer, SqsBatch } from '#shared/queues/batch.ts';
import { batchDeadlines, LEASE_MARGIN_MS, settleBatch } from '#shared/queues/settle-batch.ts';
import { handleMessage } from './handle-message.ts';
import type { HandlerPorts } from './ports.ts';
import type { Reactions } from './reaction.ts';

/**
 * Handles a batch of a domain's events.
 * @param remainingMs until Lambda's timeout
 */
export function handleBatch(
  ports: HandlerPorts,
  reactions: Reactions,
  batch: SqsBatch,
  remainingMs: number,
): Promise<BatchAnswer> {
  const deadlines = batchDeadlines(remainingMs);
  const ledger = ports.ledgerWith(remainingMs + LEASE_MARGIN_MS);
  return settleBatch(ports, batch, deadlines, (message, subject) =>
    handleMessage(ports, reactions, message, subject, ledger, deadlines),
  );
}
