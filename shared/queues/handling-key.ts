import type { StageKey } from '../ledger/ledger.ts';
import type { QueueMessage } from '../ports/messages.ts';
import type { QueuePorts, Subject } from './queue-ports.ts';

/** The ledger row of what failed outside any stage. A message whose event is not known has its own id there. */
export function handlingKey(
  { domain }: Pick<QueuePorts, 'domain'>,
  { messageId }: QueueMessage,
  { event }: Subject,
): StageKey {
  return { event: event ?? `message:${messageId}`, stage: `handle#${domain}` };
}
