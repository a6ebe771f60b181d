import { deadLetterQueueName, type QueueOwner, queueName } from '#shared/naming/resource-names.ts';
import { messagesIn } from './messages-in.ts';
import type { DrillWorld, TroubleState } from './scenario.ts';

/** What keeps a domain from having handled its events: some are not, or wait, or are dead letters. */
export function unhandled(world: DrillWorld, owner: QueueOwner, events: readonly string[]): TroubleState {
  const { runtime, stage, stripe, handled } = world;
  const facts: readonly (readonly [number, string])[] = [
    [events.filter((id) => stripe.undelivered.has(id)).length, 'events are not taken from Stripe'],
    [events.filter((id) => !handled.has(id)).length, 'events are not handled'],
    [messagesIn(runtime, queueName(stage, owner)), `messages wait in the queue of ${owner}`],
    [messagesIn(runtime, deadLetterQueueName(stage, owner)), `messages are dead letters of ${owner}`],
  ];
  return { open: facts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])), lost: 0 };
}
