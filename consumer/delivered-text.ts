import { NotAnEvent } from '#shared/errors/queue-errors.ts';
import { isRecord } from '#shared/event/stripe-event.ts';

/**
 * What an event can come as: a record of Lambda's SQS event, a message of SQS's own API, EventBridge's event as Lambda
 * or a state machine gets it, the event alone (`$.detail`), what a Lambda destination wraps, or the JSON text of these.
 */
export type StripeDelivery =
  | string
  | { readonly body: string }
  | { readonly Body?: string | undefined }
  | { readonly detail: unknown }
  | { readonly requestPayload: unknown }
  | { readonly id: string; readonly type: string; readonly fanout: unknown };

/** A delivery as EventBridge's JSON text, and its name for messages. */
export interface DeliveredText {
  readonly messageId: string;
  readonly body: string;
}

/** @throws {NotAnEvent} it has none of the shapes */
export function deliveredText(delivery: unknown): DeliveredText {
  if (typeof delivery === 'string') return { messageId: '(text)', body: wrapped(delivery) };
  if (Array.isArray(delivery) || (isRecord(delivery) && Array.isArray(delivery.Records))) {
    throw new NotAnEvent('This is a batch: hand each of its records to parseStripeEvent, or use settleRecords.');
  }
  if (!isRecord(delivery)) throw new NotAnEvent(`A delivery is an object or a text, and not ${typeof delivery}.`);
  const { body = delivery.Body, messageId = delivery.MessageId, requestPayload } = delivery;
  if (typeof body === 'string') return { messageId: String(messageId ?? '(none)'), body: wrapped(body) };
  if (requestPayload !== undefined) return deliveredText(requestPayload);
  return { messageId: String(delivery.id ?? '(none)'), body: wrapped(JSON.stringify(delivery)) };
}

/** Gives an event that came without its envelope, by an input path or transformer, one around it. */
function wrapped(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message would quote the body.
    throw new NotAnEvent('The delivery is not JSON.');
  }
  return isRecord(value) && 'fanout' in value && !('detail' in value) ? `{"detail":${text}}` : text;
}
