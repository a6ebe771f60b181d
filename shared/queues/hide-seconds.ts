import { PipelineError } from '../errors/pipeline-error.ts';
import { InProgressElsewhere } from '../errors/queue-errors.ts';
import type { QueueMessage } from '../ports/messages.ts';
import type { QueuePorts } from './queue-ports.ts';

/** SQS hides no message for longer. */
const MAX_HIDE_SECONDS = 43_200;

/**
 * How long a message is hidden that stays in its queue: until a lease elsewhere ends, as long as the error asks for,
 * or as the schedule says. After its last receive not at all: SQS then moves it to the DLQ at once, and nobody waits
 * for a try that does not come.
 */
export function hideSeconds(
  { retrySchedule, maxReceiveCount, clock }: Pick<QueuePorts, 'retrySchedule' | 'maxReceiveCount' | 'clock'>,
  { receiveCount }: QueueMessage,
  thrown: unknown,
): number {
  if (thrown instanceof InProgressElsewhere) return inRange((thrown.leaseUntil - clock.now()) / 1000);
  if (receiveCount >= maxReceiveCount) return 0;
  const { retryAfterSeconds: asked, notBeforeSeconds = 0 } = thrown instanceof PipelineError ? thrown : {};
  if (asked !== undefined && asked >= 0) return inRange(asked);
  return inRange(Math.max(retrySchedule[receiveCount - 1] ?? retrySchedule.at(-1) ?? 0, notBeforeSeconds));
}

function inRange(seconds: number): number {
  return Math.min(Math.max(Math.ceil(seconds), 0), MAX_HIDE_SECONDS);
}
