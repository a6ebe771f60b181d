import type { StageKey } from '#shared/ledger/ledger.ts';
import type { QueueMessage } from '#shared/ports/messages.ts';
import type { Subject } from './handle-message.ts';
import type { HandlerPorts } from './ports.ts';

/** The ledger row of what failed outside the reactions. A message whose event is not known has its own id there. */
export function handlingKey(
  { domain }: Pick<HandlerPorts, 'domain'>,
  { messageId }: QueueMessage,
  { event }: Subject,
): StageKey {
  return { event: event ?? `message:${messageId}`, stage: `handle#${domain}` };
}
