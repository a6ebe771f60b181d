import type { QueueMessage } from '#shared/ports/messages.ts';
import type { HandlerPorts } from './ports.ts';
import { Retry } from './reaction.ts';
import { ReactionInProgress } from './run-reactions.ts';

/** SQS hides no message for longer. */
const MAX_HIDE_SECONDS = 43_200;

/**
 * How long a message is hidden that stays in its queue: until a lease elsewhere ends, as long as its reaction asks for,
 * or as the schedule says. After its last receive not at all: SQS then moves it to the DLQ at once, and nobody waits
 * for a try that does not come.
 */
export function hideSeconds(
  { retrySchedule, maxReceiveCount, clock }: Pick<HandlerPorts, 'retrySchedule' | 'maxReceiveCount' | 'clock'>,
  { receiveCount }: QueueMessage,
  thrown: unknown,
): number {
  if (thrown instanceof ReactionInProgress) return inRange((thrown.leaseUntil - clock.now()) / 1000);
  if (receiveCount >= maxReceiveCount) return 0;
  const asked = thrown instanceof Retry ? thrown.afterSeconds : undefined;
  if (asked !== undefined && asked >= 0) return inRange(asked);
  return inRange(retrySchedule[receiveCount - 1] ?? retrySchedule.at(-1) ?? 0);
}

function inRange(seconds: number): number {
  return Math.min(Math.max(Math.ceil(seconds), 0), MAX_HIDE_SECONDS);
}
