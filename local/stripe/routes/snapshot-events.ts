import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import type { ApiAnswer, ApiCall } from '../api/api-call.ts';
import { ApiError } from '../api/api-error.ts';
import type { StoredEvent } from '../store/stored-events.ts';
import type { StripeWorld } from '../store/stripe-world.ts';
import { createdParameter, limitParameter } from './read-query.ts';
import type { ApiRoute } from './route.ts';
import { typesParameter } from './types-parameter.ts';

type Stored = StoredEvent<SnapshotEvent>;

/** `GET /v1/events` and `GET /v1/events/:id`. @param now Unix milliseconds */
export function snapshotEventRoutes({ snapshots }: StripeWorld, now: () => number): readonly ApiRoute[] {
  return [
    { method: 'GET', path: /^\/v1\/events$/, answer: (call) => list(call, snapshots.newestFirst(call.scope, now())) },
    {
      method: 'GET',
      path: /^\/v1\/events\/([^/]+)$/,
      answer: ({ scope }, [id = '']) => {
        const stored = snapshots.get(scope, id);
        if (!stored) throw missing(id, 'id');
        return { status: 200, body: current(stored) };
      },
    },
  ];
}

function list({ query }: ApiCall, newestFirst: readonly Stored[]): ApiAnswer {
  const limit = limitParameter(query, 10);
  const ofType = typesParameter(query);
  const createdFits = createdParameter(query, (text) => (text === '' ? Number.NaN : Number(text) * 1_000));
  const delivered = deliveryParameter(query);
  const fits = ({ event, createdMs, deliveries }: Stored) =>
    ofType(event.type) &&
    createdFits(createdMs) &&
    (delivered === undefined || delivered === [...deliveries.values()].every((state) => state === 'delivered'));
  const { page, hasMore } = pageOf(newestFirst, query, fits, limit);
  const data = page.map((stored) => ofOwnList(current(stored)));
  return { status: 200, body: { object: 'list', url: '/v1/events', has_more: hasMore, data } };
}

/** A cursor is an event's place in the whole list, so that it need not fit the filters itself. */
function pageOf(all: readonly Stored[], query: URLSearchParams, fits: (stored: Stored) => boolean, limit: number) {
  const [after, before] = [query.get('starting_after'), query.get('ending_before')];
  if (after !== null && before !== null) {
    throw new ApiError(400, 'You may only specify one of these parameters: ending_before, starting_after.');
  }
  if (before !== null) {
    const newer = all.slice(0, placeOf(all, before, 'ending_before')).filter(fits);
    return { page: newer.slice(-limit), hasMore: newer.length > limit };
  }
  const older = all.slice(after === null ? 0 : placeOf(all, after, 'starting_after') + 1).filter(fits);
  return { page: older.slice(0, limit), hasMore: older.length > limit };
}

function placeOf(all: readonly Stored[], id: string, param: string): number {
  const place = all.findIndex(({ event }) => event.id === id);
  if (place < 0) throw missing(id, param);
  return place;
}

function missing(id: string, param: string): ApiError {
  return new ApiError(404, `No such event: '${id}'`, { code: 'resource_missing', param });
}

function deliveryParameter(query: URLSearchParams): boolean | undefined {
  const text = query.get('delivery_success');
  if (text === null) return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ApiError(400, `delivery_success is "${text}"; true or false was expected.`, { param: 'delivery_success' });
}

/** An account's own list does not say whose events they are, as its own webhooks do not; those of a platform do. */
function ofOwnList({ account: _, ...event }: SnapshotEvent): SnapshotEvent {
  return event;
}

/** The event as it was made, but for the deliveries that are still to come. */
function current({ event, deliveries }: Stored): SnapshotEvent {
  return { ...event, pending_webhooks: [...deliveries.values()].filter((state) => state === 'pending').length };
}
