import { REFRESHED_TYPE } from '#shared/event/bus-entry.ts';
import { idAtStripe } from '#shared/event/lost-event.ts';
import { objectKey } from '#shared/projection/object-key.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import type { RefreshRequest } from '#shared/refresh/refresh-request.ts';
import { objectUrl } from '#shared/stripe/object-url.ts';
import type { OpenedEvent } from '../open-message.ts';
import type { HandlerPorts } from '../ports.ts';

/** Stripe answers its events for 30 days; one that is a day short of that may be gone when it is asked for. */
const EVENTS_KEPT_MS = 29 * 86_400_000;

type Event = OpenedEvent['event'];

/**
 * What the resolver needs to know to fetch an object's present state.
 * @param row of the object, which the event is part of
 * @returns `undefined` when Stripe's API does not answer such an object
 */
export function presentStateRequest(
  event: Event,
  { object, scope, asOf }: ObjectRow,
  reason: RefreshRequest['reason'],
  { domain, clock }: Pick<HandlerPorts, 'domain' | 'clock'>,
): RefreshRequest | undefined {
  const { id, type, livemode, account, data, fanout } = event;
  const url = urlOf(event);
  // By its own key alone: what has its key from the event's type cannot be fetched as what it is.
  const key = objectKey({ ...event, type: REFRESHED_TYPE });
  if (url === undefined || key?.object !== object) return undefined;
  const context = event.context ?? account;
  const eventUrl = eventUrlOf(event, clock.now());
  return {
    domain,
    reason,
    key: { object, scope },
    asOf,
    kind: String(data.object.object),
    ...(typeof data.object.id === 'string' && { id: data.object.id }),
    url,
    livemode,
    ...(context !== undefined && { context }),
    event: id,
    type,
    ...(account !== undefined && { account }),
    via: fanout.via,
    destination: fanout.destination,
    ...(eventUrl !== undefined && { eventUrl }),
  };
}

/** An object of API v2 has parts that only the notification's own URL asks for. */
function urlOf({ fanout, data }: Event): string | undefined {
  // Stripe answers the discount that a customer has now, which may be another one.
  if (data.object.object === 'discount') return undefined;
  const url = fanout.notification?.related_object?.url ?? objectUrl(data.object);
  return fanout.notification !== undefined || url?.startsWith('/v1/') ? url : undefined;
}

/** None of an answer, of an event that Stripe may not keep any more, and of one that it failed to make. */
function eventUrlOf({ id, type, created, fanout }: Event, now: number): string | undefined {
  if (type === REFRESHED_TYPE || created * 1000 < now - EVENTS_KEPT_MS) return undefined;
  if (fanout.notification === undefined) return `/v1/events/${id}`;
  const thin = fanout.notification.id;
  return idAtStripe(thin) === thin ? `/v2/core/events/${thin}` : undefined;
}
