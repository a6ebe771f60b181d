import { ACCOUNT } from '../assembly/account.ts';
import type { Message } from './message.ts';

/** Digits of a sequence number. */
const SEQUENCE_DIGITS = 20;

/** The attributes SQS itself gives a received message. */
export function systemAttributes(message: Message): Record<string, string> {
  return {
    SenderId: ACCOUNT,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.traceHeader === undefined ? {} : { AWSTraceHeader: message.traceHeader }),
    ...(message.group && {
      MessageGroupId: message.group.id,
      MessageDeduplicationId: message.group.deduplicationId,
      SequenceNumber: String(message.sequence).padStart(SEQUENCE_DIGITS, '0'),
    }),
    ...(message.deadLetterSource === undefined ? {} : { DeadLetterQueueSourceArn: message.deadLetterSource }),
  };
}
