import { NotAnEvent } from '#shared/errors/queue-errors.ts';
import { RelatedUrlRefused } from '#shared/errors/stripe-errors.ts';
import type { Fanout } from '#shared/event/fanout.ts';
import { sliceMembers } from '#shared/event/json-slice.ts';
import { isStripeEvent, isThin, type ThinEvent, whyNotStripeEvent } from '#shared/event/stripe-event.ts';
import type { QueueMessage } from '#shared/ports/messages.ts';
import type { PayloadStore } from '#shared/ports/payload-store.ts';
import { openEntry, readObject } from '#shared/queues/open-entry.ts';
import { whyNotApiPath, whyNotContext } from '#shared/stripe/api-path.ts';

/** A thin event as it came in. */
export interface Notification {
  readonly event: ThinEvent;
  /** Members of its JSON text, in Stripe's own bytes, without what the pipeline added. */
  readonly members: ReadonlyMap<string, string>;
  readonly fanout: Fanout;
}

/**
 * Reads a queue message with a thin event.
 * @throws {NotAnEvent | PayloadLost | PayloadStoreUnavailable}
 */
export async function readNotification(
  message: QueueMessage,
  payloads: PayloadStore,
  signal: AbortSignal,
): Promise<Notification> {
  const opened = await openEntry(message, payloads, signal);
  if ('refused' in opened) throw new NotAnEvent(`Message ${message.messageId} holds no event, only its announcement.`);
  const { fanout: _, ...event } = readObject(opened.text);
  if (!isStripeEvent(event) || !isThin(event)) {
    throw new NotAnEvent(
      `Message ${message.messageId} holds no thin event: ${whyNotStripeEvent(event) ?? 'a snapshot'}.`,
    );
  }
  const members = sliceMembers(opened.text);
  members.delete('fanout');
  return { event, members, fanout: opened.fanout };
}

/**
 * Makes sure that what a notification refers to is asked of Stripe and of nobody else: a body that somebody could sign
 * must not lead our key elsewhere.
 * @throws {RelatedUrlRefused}
 */
export function assertStaysAtStripe({ id, related_object: related, context }: ThinEvent): void {
  const why = whyNotContext(context ?? undefined) ?? (related ? whyNotUrl(related) : undefined);
  if (why !== undefined) throw new RelatedUrlRefused(`Nothing was asked of Stripe for ${id}: ${why}.`);
}

function whyNotUrl(related: object): string | undefined {
  const { url, type } = { url: undefined, type: undefined, ...related };
  if (typeof url !== 'string' || typeof type !== 'string') return '"related_object" has no "url" or no "type"';
  return whyNotApiPath(url);
}
