import { PipelineError } from '#shared/errors/pipeline-error.ts';
import { NotAnEvent } from '#shared/errors/queue-errors.ts';
import { isFanoutEvent } from '#shared/event/is-fanout-event.ts';
import { openEntry, readObject } from '#shared/queues/open-entry.ts';
import { deliveredText, type StripeDelivery } from './delivered-text.ts';
import type { PayloadReader } from './payload-reader.ts';
import { payloadsFromS3 } from './payloads-from-s3.ts';
import { type AnyStripeEvent, type EventSelector, isStripeEvent, type StripeEvent } from './stripe-event.ts';

/** Milliseconds for the payload of a large event, which is 4 MB at most. */
const PAYLOAD_TIMEOUT_MS = 10_000;

export interface ParseOptions<Selector extends EventSelector = EventSelector> {
  /**
   * What your subscription asks for, best from the same constant: the event is then typed, and any other is an error.
   * @default every event is taken, and `isStripeEvent` tells their types apart
   */
  readonly types?: readonly Selector[];
  /** Gives the payloads of large events. @default `payloadsFromS3()` */
  readonly payloads?: PayloadReader;
  /** Ends the reading of a payload. @default after ten seconds */
  readonly signal?: AbortSignal;
}

/** The rule lets through a type that the code was not written for. */
export class UnexpectedEventType extends PipelineError {
  readonly code = 'unexpected_event_type';
  readonly disposition = 'park';
  readonly remedy = 'Let the rule and "types" name the same events, then redrive.';
}

const fromOwnBucket = payloadsFromS3();

/**
 * Reads an event as it was delivered, by SQS, by EventBridge itself or in a Lambda destination's wrapping, and puts the
 * payload of a large one back in its place. What it throws says what was seen, and holds nothing of the event's data.
 * @throws {NotAnEvent} the delivery holds no event of the pipeline; no retry helps
 * @throws {UnexpectedEventType} it is none of the types
 * @throws {PayloadStoreUnavailable} the bucket did not give the payload: try again, or look at `s3:GetObject`
 * @throws {PayloadLost} the payload is not there, or has other bytes than were stored
 */
export async function parseStripeEvent<const Selector extends EventSelector>(
  delivery: StripeDelivery,
  options: ParseOptions<Selector> & { readonly types: readonly Selector[] },
): Promise<StripeEvent<Selector>>;
export async function parseStripeEvent(delivery: StripeDelivery, options?: ParseOptions): Promise<AnyStripeEvent>;
export async function parseStripeEvent(delivery: StripeDelivery, options: ParseOptions = {}): Promise<unknown> {
  const { types, payloads = fromOwnBucket, signal = AbortSignal.timeout(PAYLOAD_TIMEOUT_MS) } = options;
  const event = await readEvent(delivery, payloads, signal);
  if (types === undefined || isStripeEvent(event, ...types)) return event;
  throw new UnexpectedEventType(`${event.id} is ${event.type}; ${types.join(', ')} was expected.`);
}

async function readEvent(delivery: unknown, payloads: PayloadReader, signal: AbortSignal): Promise<AnyStripeEvent> {
  const message = deliveredText(delivery);
  const opened = await openEntry(message, payloads, signal);
  const { text, fanout, replay } = 'refused' in opened ? await readRefused(opened, payloads, signal) : opened;
  const event = { ...readObject(text), fanout: { ...fanout, ...(replay === undefined ? {} : { replay }) } };
  if (isFanoutEvent(event)) return event;
  throw new NotAnEvent(`Delivery ${message.messageId} holds an event without "created", "livemode" or "data.object".`);
}

/** What the bus would not take is in the bucket, like what is too large for it. */
async function readRefused(
  { id, fanout, refused }: Extract<Awaited<ReturnType<typeof openEntry>>, { readonly refused: unknown }>,
  payloads: PayloadReader,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly fanout: typeof fanout; readonly replay?: string }> {
  if (fanout.reference === undefined)
    throw new NotAnEvent(`${id} (${refused.type}) was refused by the bus, and names no payload.`);
  const { payload, ...reference } = fanout.reference;
  return { text: await payloads.get(reference, signal), fanout: { ...fanout, payload } };
}
