import { JsonReader } from '../../json-reader.ts';
import type { ApiAnswer, ApiCall } from '../api/api-call.ts';
import { ApiError } from '../api/api-error.ts';
import { checkTypes } from '../destinations/check-types.ts';
import { checkUrl } from '../destinations/check-url.ts';
import type { LocalDestination } from '../destinations/local-destination.ts';
import type { LocalDestinations } from '../destinations/local-destinations.ts';
import { makeEventDestination } from '../destinations/make-event-destination.ts';
import { showEventDestination } from '../destinations/show-event-destination.ts';
import type { StoredObjects } from '../store/stored-objects.ts';
import { limitParameter, listParameter } from './read-query.ts';
import type { ApiRoute } from './route.ts';

const PATH = '/v2/core/event_destinations';
/** What an update may name; the rest is fixed when a destination is created. */
const CHANGEABLE = ['description', 'enabled_events', 'include', 'metadata', 'name', 'webhook_endpoint'];

/**
 * API v2's event destinations.
 * @param objects has those that emitted events speak of, and nobody made
 * @param ping sends the event of that name, and returns it
 */
export function eventDestinationRoutes(
  destinations: LocalDestinations,
  objects: StoredObjects,
  ping: (destination: LocalDestination) => unknown,
): readonly ApiRoute[] {
  const all = new RegExp(`^${PATH}$`);
  const one = (action = '') => new RegExp(`^${PATH}/([^/]+)${action}$`);
  const find = ({ scope }: ApiCall, [id = '']: readonly string[]) => {
    const found = destinations.get(id, scope.livemode);
    if (found?.api === 'v2') return found;
    throw new ApiError(404, `Event destination not found: ${id}`, { code: 'not_found' });
  };
  const set = (status: 'enabled' | 'disabled') => (call: ApiCall, groups: readonly string[]) => {
    const found = find(call, groups);
    Object.assign(found.changeable, { status, updatedMs: Date.now() });
    return ok(showEventDestination(found, []));
  };
  return [
    { method: 'GET', path: all, answer: (call) => list(destinations, call) },
    { method: 'POST', path: all, answer: (call) => create(destinations, call) },
    {
      method: 'GET',
      path: one(),
      answer: (call, groups) => {
        const spokenOf = objects.get(call.scope, call.path);
        const isMade = destinations.get(groups[0] ?? '', call.scope.livemode) !== undefined;
        return ok(
          spokenOf && !isMade
            ? spokenOf
            : showEventDestination(find(call, groups), listParameter(call.query, 'include')),
        );
      },
    },
    { method: 'POST', path: one(), answer: (call, groups) => update(find(call, groups), call) },
    {
      method: 'DELETE',
      path: one(),
      answer: (call, groups) => {
        const { id } = find(call, groups);
        destinations.delete(id);
        return ok({ id, object: 'v2.core.event_destination' });
      },
    },
    { method: 'POST', path: one('/enable'), answer: set('enabled') },
    { method: 'POST', path: one('/disable'), answer: set('disabled') },
    { method: 'POST', path: one('/ping'), answer: (call, groups) => ok(ping(find(call, groups))) },
  ];
}

function list(destinations: LocalDestinations, { scope, query }: ApiCall): ApiAnswer {
  const limit = limitParameter(query, 20);
  const start = Number(query.get('page') ?? 0);
  const all = destinations.all(scope.livemode).filter(({ api }) => api === 'v2');
  const include = listParameter(query, 'include');
  const link = (at: number) => {
    const next = new URLSearchParams(query);
    next.set('page', String(at));
    return `${PATH}?${next}`;
  };
  return ok({
    data: all.slice(start, start + limit).map((one) => showEventDestination(one, include)),
    next_page_url: start + limit < all.length ? link(start + limit) : null,
    previous_page_url: start > 0 ? link(Math.max(0, start - limit)) : null,
  });
}

function create(destinations: LocalDestinations, call: ApiCall): ApiAnswer {
  const input = bodyOf(call);
  const made = makeEventDestination(input, call.scope.livemode, Date.now());
  destinations.add(made);
  const include = input.strings('include');
  const isAsked = made.type === 'webhook_endpoint' && include.includes('webhook_endpoint.signing_secret');
  return ok(showEventDestination(made, include, isAsked ? made.secret : null));
}

function update(destination: LocalDestination, call: ApiCall): ApiAnswer {
  const { livemode, payload, changeable } = destination;
  const input = bodyOf(call);
  const unknown = Object.keys(input.value).find((key) => !CHANGEABLE.includes(key));
  if (unknown !== undefined) throw new ApiError(400, `Received unknown parameter: ${unknown}`, { param: unknown });
  const url = input.optionalObject('webhook_endpoint')?.string('url') ?? changeable.url;
  if (url !== changeable.url) checkUrl(url, livemode);
  const enabledEvents =
    input.value.enabled_events === undefined ? changeable.enabledEvents : input.strings('enabled_events');
  checkTypes(enabledEvents, payload);
  Object.assign(changeable, {
    url,
    enabledEvents,
    name: input.optionalString('name') ?? changeable.name,
    description: input.optionalString('description') ?? changeable.description,
    metadata: { ...changeable.metadata, ...Object.fromEntries(input.stringMap('metadata')) },
    updatedMs: Date.now(),
  });
  return ok(showEventDestination(destination, input.strings('include')));
}

function bodyOf({ body }: ApiCall): JsonReader {
  return new JsonReader(JSON.parse(body.toString('utf8') || '{}'), (message) => new ApiError(400, message));
}

function ok(body: unknown): ApiAnswer {
  return { status: 200, body };
}
