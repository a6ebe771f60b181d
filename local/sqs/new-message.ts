import { randomUUID } from 'node:crypto';
import type { Message, MessageAttributes } from './message.ts';

/** A message as it enters a queue: a new id, never received. */
export function newMessage(body: string, attributes: MessageAttributes = {}, traceHeader?: string): Message {
  return {
    id: randomUUID(),
    body,
    attributes,
    traceHeader,
    sentAt: Date.now(),
    firstReceivedAt: undefined,
    receiveCount: 0,
    handle: undefined,
    deadLetterSource: undefined,
  };
}
