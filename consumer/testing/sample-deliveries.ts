import { createHash } from 'node:crypto';
import { STRIPE_SOURCE } from '#shared/event/bus-entry.ts';
import type { AnyStripeEvent } from '../stripe-event.ts';

const ACCOUNT = '123456789012';
const REGION = 'us-east-1';

/** An event of the sample's kind: what {@link sampleStripeEvent} gives, or `asReference` of it. */
type Sample = Pick<AnyStripeEvent, 'id' | 'type' | 'created' | 'fanout'>;

export interface SqsRecordOptions {
  /** How often SQS has given it out, this time included. @default 1 */
  readonly receiveCount?: number;
  /** @default `stripe-events`, and `stripe-events.fifo` with a group */
  readonly queue?: string;
  /** Its group in a FIFO queue. @default none: the queue is a standard one */
  readonly group?: string;
}

/** An event as EventBridge hands it to a target: Lambda itself, a state machine, or a queue. */
export function eventBridgeEvent<Event extends Sample>(event: Event) {
  const { replay, ...fanout } = event.fanout;
  return {
    version: '0',
    id: uuidOf(event.id),
    'detail-type': event.type,
    source: STRIPE_SOURCE,
    account: ACCOUNT,
    time: `${new Date(event.created * 1000).toISOString().slice(0, 19)}Z`,
    region: REGION,
    resources: [] as string[],
    detail: { ...event, fanout },
    ...(replay === undefined ? {} : { 'replay-name': replay }),
  };
}

/** An event as a record of the batch that Lambda gives a function which drains a queue. */
export function sqsRecord(event: Sample, { receiveCount = 1, group, queue }: SqsRecordOptions = {}) {
  const body = JSON.stringify(eventBridgeEvent(event));
  const name = queue ?? (group === undefined ? 'stripe-events' : 'stripe-events.fifo');
  const at = String(event.created * 1000);
  return {
    messageId: uuidOf(`message of ${event.id}`),
    receiptHandle: `receipt of ${event.id}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: at,
      SenderId: 'AROAEXAMPLE',
      ApproximateFirstReceiveTimestamp: at,
      ...(group === undefined ? {} : { MessageGroupId: group }),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`,
    awsRegion: REGION,
  };
}

/** The batch that Lambda gives a function which drains a queue. */
export function sqsBatch(...events: readonly Sample[]) {
  return { Records: events.map((event) => sqsRecord(event)) };
}

/** The same for the same text. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
