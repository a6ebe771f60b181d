import { REFRESHED_TYPE } from '#shared/event/bus-entry.ts';
import { idAtStripe } from '#shared/event/lost-event.ts';
import { worthAskingAt } from '#shared/projection/fetched-as-of.ts';
import { objectKey } from '#shared/projection/object-key.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import type { RefreshRequest } from '#shared/refresh/refresh-request.ts';
import { objectUrl } from '#shared/stripe/object-url.ts';
import type { OpenedEvent } from '../open-message.ts';
import type { HandlerPorts } from '../ports.ts';

/** SQS holds no message back for longer. */
const MAX_DELAY_SECONDS = 900;
/** Stripe answers its events for 30 days; one that is a day short of that may be gone when it is asked for. */
const EVENTS_KEPT_MS = 29 * 86_400_000;

/**
 * Asks for an object's present state where the row that this event is part of is not the last word: its events of one
 * time cannot be told apart, or the domain wants the latest. It goes by the row and not by what this run has written,
 * so that a message that comes again after a crash asks too. What Stripe's API does not answer is not asked for.
 * @param row as it stands after the event
 * @returns whether it was asked for
 * @throws {QueueUnavailable}
 */
export async function askForPresentState(
  ports: Pick<HandlerPorts, 'domain' | 'freshness' | 'refreshes' | 'clock'>,
  { event }: OpenedEvent,
  row: ObjectRow | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (row === undefined) return false;
  const reason = whyAsk(event, row, ports.freshness);
  const request = reason && requestFor(event, row, reason, ports);
  if (request === undefined) return false;
  const delay = Math.ceil((worthAskingAt(row.asOf) - ports.clock.now()) / 1000);
  await ports.refreshes.ask(request, Math.min(Math.max(delay, 0), MAX_DELAY_SECONDS), signal);
  return true;
}

type Event = OpenedEvent['event'];

function whyAsk({ id, fanout }: Event, row: ObjectRow, freshness: HandlerPorts['freshness']) {
  const isPartOfIt = [row.current, ...row.rivals].some(({ event }) => event === id);
  if (!isPartOfIt || row.tombstone) return undefined;
  if (row.ambiguous) return 'tie';
  // What was fetched is the present state already.
  return freshness === 'latest' && fanout.resolvedAt === undefined ? 'latest' : undefined;
}

function requestFor(
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
