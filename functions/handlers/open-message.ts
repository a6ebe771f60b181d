import { NotAnEvent } from '#shared/errors/queue-errors.ts';
import type { FanoutEvent } from '#shared/event/bus-entry.ts';
import { isFanoutEvent } from '#shared/event/is-fanout-event.ts';
import { sliceMembers } from '#shared/event/json-slice.ts';
import type { QueueMessage } from '#shared/ports/messages.ts';
import type { PayloadStore } from '#shared/ports/payload-store.ts';
import { openEntry, type RefusedEntry, readObject } from '#shared/queues/open-entry.ts';

/** A message whose event is complete again. */
export interface OpenedEvent {
  readonly event: FanoutEvent;
  /** Text of `data`, as Stripe wrote it. */
  readonly dataText: string;
  /** Name of the archive replay that delivered it again. */
  readonly replay?: string;
}

/**
 * Reads a queue message and puts a referenced payload back in its place.
 * @throws {NotAnEvent | PayloadLost | PayloadStoreUnavailable}
 */
export async function openMessage(
  message: QueueMessage,
  payloads: PayloadStore,
  signal: AbortSignal,
): Promise<OpenedEvent | RefusedEntry> {
  const opened = await openEntry(message, payloads, signal);
  if ('refused' in opened) return opened;
  const { text, fanout, ...replay } = opened;
  const event = { ...readObject(text), fanout };
  const dataText = sliceMembers(text).get('data');
  if (dataText === undefined || !isFanoutEvent(event)) {
    throw new NotAnEvent(`Message ${message.messageId} holds an event without "created", "livemode" or "data.object".`);
  }
  return { event, dataText, ...replay };
}
