import type { ThinEvent } from '#shared/event/stripe-event.ts';
import type { ApiAnswer, ApiCall } from '../api/api-call.ts';
import { ApiError } from '../api/api-error.ts';
import type { StoredEvent } from '../store/stored-events.ts';
import type { StripeWorld } from '../store/stripe-world.ts';
import { createdParameter, limitParameter } from './read-query.ts';
import type { ApiRoute } from './route.ts';
import { typesParameter } from './types-parameter.ts';

/** `GET /v2/core/events` and `GET /v2/core/events/:id`. @param now Unix milliseconds */
export function thinEventRoutes({ thin }: StripeWorld, now: () => number): readonly ApiRoute[] {
  return [
    { method: 'GET', path: /^\/v2\/core\/events$/, answer: (call) => list(call, thin.newestFirst(call.scope, now())) },
    {
      method: 'GET',
      path: /^\/v2\/core\/events\/([^/]+)$/,
      answer: ({ scope }, [id = '']) => {
        const stored = thin.get(scope, id);
        if (!stored) throw new ApiError(404, `No such event: ${id}`, { code: 'not_found' });
        return { status: 200, body: stored.event };
      },
    },
  ];
}

function list({ path, query }: ApiCall, newestFirst: readonly StoredEvent<ThinEvent>[]): ApiAnswer {
  const limit = limitParameter(query, 20);
  const ofType = typesParameter(query);
  const createdFits = createdParameter(query, timeIn);
  const objectId = query.get('object_id');
  const fitting = newestFirst.filter(
    ({ event, createdMs }) =>
      ofType(event.type) && createdFits(createdMs) && (objectId === null || event.related_object?.id === objectId),
  );
  const { side, order } = readToken(query.get('page'));
  const start =
    side === 'before'
      ? Math.max(0, fitting.filter((stored) => stored.order > order).length - limit)
      : fitting.filter((stored) => stored.order >= order).length;
  const page = fitting.slice(start, start + limit);
  const [first, last] = [page[0], page.at(-1)];
  const link = (token: string) => {
    const next = new URLSearchParams(query);
    next.set('page', token);
    return `${path}?${next}`;
  };
  return {
    status: 200,
    body: {
      data: page.map(({ event }) => event),
      next_page_url: last && start + limit < fitting.length ? link(token('after', last.order)) : null,
      previous_page_url: first && start > 0 ? link(token('before', first.order)) : null,
    },
  };
}

/** API v2 writes times as ISO 8601; Stripe's library types them as Unix seconds. */
function timeIn(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
}

function token(side: 'after' | 'before', order: string): string {
  return Buffer.from(JSON.stringify({ side, order })).toString('base64url');
}

/** Without a token the page starts before everything: nothing is as new as `~`. */
function readToken(text: string | null): { readonly side: string; readonly order: string } {
  if (text === null) return { side: 'after', order: '~' };
  try {
    const { side, order } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if ((side === 'after' || side === 'before') && typeof order === 'string') return { side, order };
  } catch {
    // Not one of ours.
  }
  throw new ApiError(400, 'The page token is not valid.', { code: 'invalid_page_token', param: 'page' });
}
