import { sliceMembers } from '#shared/event/json-slice.ts';
import { isRecord, isStripeEvent, whyNotStripeEvent } from '#shared/event/stripe-event.ts';
import type { QueueMessage } from '#shared/ports/messages.ts';
import type { EventText } from '#shared/publishing/publish.ts';
import { NotAStripeEvent } from './partner-errors.ts';

/** A Stripe event in Stripe's own bytes, and the partner event source that it came from. */
export interface PartnerEvent extends EventText {
  readonly source: string;
}

/**
 * Takes Stripe's event out of the envelope in which EventBridge delivers it.
 * @throws {NotAStripeEvent}
 */
export function unwrap({ messageId, body }: QueueMessage): PartnerEvent {
  const envelope = parse(body);
  if (!isRecord(envelope) || typeof envelope.source !== 'string' || !isRecord(envelope.detail)) {
    throw new NotAStripeEvent(
      `Message ${messageId} is no event of EventBridge: a "source" and a "detail" were expected.`,
    );
  }
  const { source, detail } = envelope;
  if (!isStripeEvent(detail)) {
    throw new NotAStripeEvent(`Message ${messageId} holds no Stripe event: ${whyNotStripeEvent(detail)}.`);
  }
  return { source, event: detail, text: sliceMembers(body).get('detail') ?? '' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message would quote the body.
    return undefined;
  }
}
