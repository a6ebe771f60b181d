import { deadLetterQueueName, type QueueOwner, queueName } from '#shared/naming/resource-names.ts';
import type { MetricQuery, TimeRange } from '#shared/ports/metric-reader.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import { DLQ_RETENTION_SECONDS, QUEUE_RETENTION_SECONDS } from '#shared/queues/retention.ts';
import { oldestAge } from './watched-metrics.ts';

/** CloudWatch, asked within the time of one run. */
export type Read = (queries: readonly MetricQuery[], range: TimeRange) => Promise<readonly number[]>;

export interface WatchedQueues {
  readonly stage: string;
  readonly queueOwners: readonly QueueOwner[];
  readonly telemetry: Telemetry;
}

/** Percent of its retention at which a message must be looked after: half is left. */
export const EXPIRES_SOON = 50;

/**
 * Percent of its retention that the oldest message of any queue or DLQ has used up. It looks at those of domains that
 * are off too, whose queues no other alarm watches.
 */
export async function mostRetentionUsed(
  { stage, queueOwners, telemetry }: WatchedQueues,
  read: Read,
  range: TimeRange,
) {
  const queues = queueOwners.flatMap((owner) => [
    { name: queueName(stage, owner), retention: QUEUE_RETENTION_SECONDS },
    { name: deadLetterQueueName(stage, owner), retention: DLQ_RETENTION_SECONDS },
  ]);
  const oldest = queues.map(({ name }) => oldestAge(name));
  const ages = await read(oldest, range);
  const used = queues.map(({ name, retention }, index) => ({
    queue: name,
    percent: Math.round((100 * (ages[index] ?? 0)) / retention),
  }));
  for (const one of used.filter(({ percent }) => percent >= EXPIRES_SOON)) {
    telemetry.log('error', 'messages expire soon', one);
  }
  return Math.max(0, ...used.map(({ percent }) => percent));
}
