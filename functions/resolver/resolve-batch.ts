import { Pacer } from '#shared/pacing/pacer.ts';
import type { BatchAnswer, SqsBatch } from '#shared/queues/batch.ts';
import { batchDeadlines, LEASE_MARGIN_MS, settleBatch } from '#shared/queues/settle-batch.ts';
import { PacedStripe } from '#shared/stripe/paced-stripe.ts';
import type { ResolverPorts } from './ports.ts';
import { resolveMessage } from './resolve-message.ts';

/**
 * Resolves a batch of notifications.
 * @param remainingMs until Lambda's timeout
 */
export function resolveBatch(ports: ResolverPorts, batch: SqsBatch, remainingMs: number): Promise<BatchAnswer> {
  const deadlines = batchDeadlines(remainingMs);
  const invocation = {
    ledger: ports.ledgerWith(remainingMs + LEASE_MARGIN_MS),
    stripe: new PacedStripe({ ...ports, pacer: new Pacer(ports.requestsPerSecond, ports) }),
    deadlines,
  };
  return settleBatch(ports, batch, deadlines, (message, subject) =>
    resolveMessage(ports, message, subject, invocation),
  );
}
