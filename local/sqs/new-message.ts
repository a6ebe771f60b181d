import { randomUUID } from 'node:crypto';
import type { Message, MessageAttributes, MessageGroup } from './message.ts';

/** A message as it enters a queue: a new id, never received. */
export function newMessage(
  body: string,
  attributes: MessageAttributes = {},
  traceHeader?: string,
  group?: MessageGroup,
): Message {
  return {
    id: randomUUID(),
    body,
    attributes,
    traceHeader,
    group,
    sequence: 0,
    sentAt: Date.now(),
    firstReceivedAt: undefined,
    receiveCount: 0,
    isHeld: false,
    handle: undefined,
    deadLetterSource: undefined,
  };
}
