import { randomBytes } from 'node:crypto';
import type { ApiAnswer, ApiCall } from '../api/api-call.ts';
import { ApiError } from '../api/api-error.ts';
import { checkTypes } from '../destinations/check-types.ts';
import { checkUrl } from '../destinations/check-url.ts';
import type { LocalDestination } from '../destinations/local-destination.ts';
import type { LocalDestinations } from '../destinations/local-destinations.ts';
import { FormBody } from './form-body.ts';
import { limitParameter } from './read-query.ts';
import type { ApiRoute } from './route.ts';

const PATH = '/v1/webhook_endpoints';
const CREATABLE = ['api_version', 'connect', 'description', 'enabled_events', 'metadata', 'url'];
const CHANGEABLE = ['description', 'disabled', 'enabled_events', 'metadata', 'url'];
/** The platform, as endpoints for connected accounts name it. */
const APPLICATION = 'ca_LocalFanout';

/** API v1's webhook endpoints. */
export function webhookEndpointRoutes(destinations: LocalDestinations): readonly ApiRoute[] {
  const all = new RegExp(`^${PATH}$`);
  const one = new RegExp(`^${PATH}/([^/]+)$`);
  const find = ({ scope }: ApiCall, [id = '']: readonly string[]) => {
    const found = destinations.get(id, scope.livemode);
    if (found?.api === 'v1') return found;
    throw new ApiError(404, `No such webhook endpoint: '${id}'`, { code: 'resource_missing', param: 'id' });
  };
  return [
    { method: 'GET', path: all, answer: (call) => list(destinations, call) },
    { method: 'POST', path: all, answer: (call) => create(destinations, call) },
    { method: 'GET', path: one, answer: (call, groups) => ok(shown(find(call, groups))) },
    { method: 'POST', path: one, answer: (call, groups) => update(find(call, groups), call) },
    {
      method: 'DELETE',
      path: one,
      answer: (call, groups) => {
        const { id } = find(call, groups);
        destinations.delete(id);
        return ok({ id, object: 'webhook_endpoint', deleted: true });
      },
    },
  ];
}

/** Newest first, as all lists of API v1. */
function list(destinations: LocalDestinations, { scope, query }: ApiCall): ApiAnswer {
  const limit = limitParameter(query, 10);
  const all = destinations
    .all(scope.livemode)
    .filter(({ api }) => api === 'v1')
    .toReversed();
  const after = query.get('starting_after');
  const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const data = all.slice(start, start + limit).map((one) => shown(one));
  return ok({ object: 'list', url: PATH, has_more: start + limit < all.length, data });
}

function create(destinations: LocalDestinations, { scope: { livemode }, body }: ApiCall): ApiAnswer {
  const form = read(body, CREATABLE);
  const url = form.text('url') ?? '';
  checkUrl(url, livemode);
  const enabledEvents = form.list('enabled_events') ?? [];
  checkTypes(enabledEvents, 'snapshot');
  const now = Date.now();
  const made: LocalDestination = {
    id: `we_1${randomBytes(12).toString('hex')}`,
    livemode,
    api: 'v1',
    type: 'webhook_endpoint',
    payload: 'snapshot',
    eventsFrom: [form.text('connect') === 'true' ? '@accounts' : '@self'],
    apiVersion: form.text('api_version'),
    secret: `whsec_${randomBytes(24).toString('base64url')}`,
    createdMs: now,
    changeable: {
      name: '',
      description: form.text('description') ?? '',
      url,
      enabledEvents,
      metadata: form.map('metadata'),
      status: 'enabled',
      updatedMs: now,
    },
  };
  destinations.add(made);
  return ok({ ...shown(made), secret: made.secret });
}

function update(endpoint: LocalDestination, { body }: ApiCall): ApiAnswer {
  const { livemode, changeable } = endpoint;
  const form = read(body, CHANGEABLE);
  const url = form.text('url') ?? changeable.url;
  if (url !== changeable.url) checkUrl(url, livemode);
  const enabledEvents = form.list('enabled_events') ?? changeable.enabledEvents;
  checkTypes(enabledEvents, 'snapshot');
  const disabled = form.text('disabled');
  Object.assign(changeable, {
    url,
    enabledEvents,
    description: form.text('description') ?? changeable.description,
    metadata: { ...changeable.metadata, ...form.map('metadata') },
    ...(disabled !== undefined && { status: disabled === 'true' ? 'disabled' : 'enabled' }),
    updatedMs: Date.now(),
  });
  return ok(shown(endpoint));
}

function shown({ id, livemode, apiVersion, eventsFrom, createdMs, changeable }: LocalDestination) {
  return {
    id,
    object: 'webhook_endpoint',
    api_version: apiVersion ?? null,
    application: eventsFrom.includes('@accounts') ? APPLICATION : null,
    created: Math.floor(createdMs / 1000),
    description: changeable.description,
    enabled_events: changeable.enabledEvents,
    livemode,
    metadata: changeable.metadata,
    status: changeable.status,
    url: changeable.url,
  };
}

function read(body: Buffer, allowed: readonly string[]): FormBody {
  const form = new FormBody(body);
  const param = [...form.names()].find((name) => !allowed.includes(name));
  if (param === undefined) return form;
  throw new ApiError(400, `Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
}

function ok(body: unknown): ApiAnswer {
  return { status: 200, body };
}
