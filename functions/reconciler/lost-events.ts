import { asksFor } from '#shared/destinations/asks-for.ts';
import { eventFields } from '#shared/event/event-fields.ts';
import { readLostEvent } from '#shared/event/lost-event.ts';
import { isStripeEvent, isThin, type ThinEvent } from '#shared/event/stripe-event.ts';
import type { ListedEvent } from '#shared/stripe/list-events.ts';
import type { ExpectedEvent } from './expected-events.ts';
import type { List } from './list.ts';
import type { ReconcilerPorts } from './ports.ts';

/**
 * The events that Stripe failed to make, of the types that some destination would have got: each as the notification of it
 * would have come. So the resolver fetches the object and publishes the whole event, as it does for any notification.
 */
export async function lostEvents(
  ports: ReconcilerPorts,
  announcements: readonly ListedEvent[],
  list: List,
  signal: AbortSignal,
): Promise<readonly ExpectedEvent[]> {
  const expected: ExpectedEvent[] = [];
  for (const { event } of announcements) {
    if (!isThin(event)) continue;
    const lost = readLostEvent(event.data ? event : await whole(ports, event, signal));
    if (lost === undefined || !isStripeEvent(lost.notification)) {
      ports.telemetry.log('warn', 'lost event not readable', eventFields(event));
      continue;
    }
    const { type, notification } = lost;
    const whose = notification.context == null ? 'own' : 'connected';
    const by = list.destinations.find((one) => one.accounts === whose && asksFor(one, type));
    if (by === undefined) continue;
    expected.push({ event: notification, text: JSON.stringify(notification), destination: by.name });
  }
  return expected;
}

/** Whether lists hold what an event carries is not written down; the event asked for by itself does. */
async function whole({ stripe }: ReconcilerPorts, event: ThinEvent, signal: AbortSignal): Promise<ThinEvent> {
  const path = `/v2/core/events/${event.id}`;
  const { value } = await stripe.request({ path, livemode: event.livemode, because: event.id }, signal);
  return isStripeEvent(value) && isThin(value) ? value : event;
}
