import { PipelineError } from '#shared/errors/pipeline-error.ts';
import type { FanoutEvent } from '#shared/event/bus-entry.ts';
import type { Fanout } from '#shared/event/fanout.ts';
import { sliceMembers } from '#shared/event/json-slice.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import type { QueueMessage } from '#shared/ports/messages.ts';
import type { PayloadStore } from '#shared/ports/payload-store.ts';

/** A message whose event is complete again. */
export interface OpenedEvent {
  readonly event: FanoutEvent;
  /** Text of `data`, as Stripe wrote it. */
  readonly dataText: string;
  /** Name of the archive replay that delivered it again. */
  readonly replay?: string;
}

/** What is known of an event whose payload the bus refused: it stays in the payload bucket. */
export interface RefusedEvent {
  readonly refused: NonNullable<Fanout['refused']>;
  readonly id: string;
}

/** The message holds no event of this pipeline; no retry can change that. */
export class NotAnEvent extends PipelineError {
  readonly code = 'not_an_event';
  readonly disposition = 'park';
  readonly remedy = 'Find out who sends to this queue besides the rules of the bus, and delete the message.';
}

/**
 * Reads a queue message and puts a referenced payload back in its place.
 * @throws {NotAnEvent | PayloadLost | PayloadStoreUnavailable}
 */
export async function openMessage(
  message: QueueMessage,
  payloads: PayloadStore,
  signal: AbortSignal,
): Promise<OpenedEvent | RefusedEvent> {
  const envelope = parse(message.body);
  const { detail } = envelope;
  if (
    !isRecord(detail) ||
    typeof detail.id !== 'string' ||
    typeof detail.type !== 'string' ||
    !isFanout(detail.fanout)
  ) {
    throw new NotAnEvent(`Message ${message.messageId} has no "detail" with an id, a type and a "fanout".`);
  }
  const { fanout, id } = detail;
  if (fanout.refused !== undefined) return { refused: fanout.refused, id };

  const name = envelope['replay-name'];
  const replay = typeof name === 'string' ? { replay: name } : {};
  if (fanout.reference === undefined) {
    return { ...complete(sliceMembers(message.body).get('detail') ?? '', fanout, message), ...replay };
  }
  const { payload, ...reference } = fanout.reference;
  const text = await payloads.get(reference, signal);
  return { ...complete(text, { ...fanout, payload }, message), ...replay };
}

function complete(text: string, fanout: Fanout, message: QueueMessage): Pick<OpenedEvent, 'event' | 'dataText'> {
  const event = { ...parse(text), fanout };
  const dataText = sliceMembers(text).get('data');
  if (dataText === undefined || !isFanoutEvent(event)) {
    throw new NotAnEvent(`Message ${message.messageId} holds an event without "created", "livemode" or "data.object".`);
  }
  return { event, dataText };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // The parser's own message would quote the body.
  }
  throw new NotAnEvent('The message is not a JSON object.');
}

function isFanout(value: unknown): value is Fanout {
  return (
    isRecord(value) && value.version === 1 && typeof value.payload === 'string' && typeof value.publishedAt === 'string'
  );
}

function isFanoutEvent(value: Record<string, unknown>): value is FanoutEvent & Record<string, unknown> {
  const { created, livemode, data } = value;
  return typeof created === 'number' && typeof livemode === 'boolean' && isRecord(data) && isRecord(data.object);
}
