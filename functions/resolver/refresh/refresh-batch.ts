import { Pacer } from '#shared/pacing/pacer.ts';
import type { BatchAnswer, SqsBatch } from '#shared/queues/batch.ts';
import { batchDeadlines, settleBatch } from '#shared/queues/settle-batch.ts';
import { PacedStripe } from '#shared/stripe/paced-stripe.ts';
import type { RefreshPorts } from './ports.ts';
import { refreshMessage } from './refresh-message.ts';

/**
 * Answers a batch of requests for present states; those for the same object are one request to Stripe.
 * @param remainingMs until Lambda's timeout
 */
export function refreshBatch(ports: RefreshPorts, batch: SqsBatch, remainingMs: number): Promise<BatchAnswer> {
  const deadlines = batchDeadlines(remainingMs);
  const { asking: telemetry, requestsPerSecond } = ports;
  const stripe = new PacedStripe({ ...ports, telemetry, pacer: new Pacer(requestsPerSecond, ports) });
  return settleBatch(ports, batch, deadlines, (message, subject) =>
    refreshMessage(ports, message, subject, stripe, deadlines.work),
  );
}
