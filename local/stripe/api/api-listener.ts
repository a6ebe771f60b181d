import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBody } from '../../read-body.ts';
import { type ApiRoute, findApiRoute } from '../routes/route.ts';
import type { ApiAnswer, ApiCall } from './api-call.ts';
import { ApiError } from './api-error.ts';
import type { ApiFaults } from './api-faults.ts';
import { type ApiKeys, authenticate } from './authenticate.ts';
import { faultError } from './fault-error.ts';
import type { RateLimits } from './rate-limits.ts';
import { endpointOf, type RequestCounters } from './request-counters.ts';

/** Far above any request that is made of Stripe. */
const MAX_REQUEST_BYTES = 1024 * 1024;

export interface ApiListenerOptions {
  readonly routes: readonly ApiRoute[];
  readonly keys: ApiKeys;
  readonly limits: RateLimits;
  readonly faults: ApiFaults;
  readonly counters: RequestCounters;
  /** Ends waiting answers when the stand-in stops. */
  readonly signal: AbortSignal;
}

/** Stripe's API: key, limits and faults first, then the route. */
export function apiListener(options: ApiListenerOptions): RequestListener {
  return (request, response) => {
    respond(request, response, options).catch(() => response.destroy());
  };
}

async function respond(request: IncomingMessage, response: ServerResponse, options: ApiListenerOptions): Promise<void> {
  const { faults, counters, signal } = options;
  const body = (await readBody(request, MAX_REQUEST_BYTES)) ?? Buffer.alloc(0);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const method = request.method ?? 'GET';
  counters.arrived(endpointOf(method, url.pathname), performance.now());
  const fault = faults.take(url.pathname);
  if (fault?.latencyMs !== undefined) await sleep(fault.latencyMs, undefined, { signal });
  if (fault?.answer === 'hang' || fault?.answer === 'drop') {
    counters.answered(fault.answer);
    if (fault.answer === 'drop') response.destroy();
    return;
  }
  const requestId = `req_${randomUUID().replaceAll('-', '').slice(0, 14)}`;
  let livemode = false;
  const answer = await (async () => {
    try {
      const scope = authenticate(request.headers, options.keys);
      livemode = scope.livemode;
      const refused = fault && faultError(fault);
      if (refused) throw refused;
      options.limits.take(scope, endpointOf(method, url.pathname), performance.now());
      return await route({ method, path: url.pathname, query: url.searchParams, scope, body }, options.routes);
    } catch (thrown) {
      const error = thrown instanceof ApiError ? thrown : new ApiError(500, String(thrown));
      return error.toAnswer(url.pathname, requestId, livemode);
    }
  })();
  counters.answered(answer.status);
  send(response, answer, requestId, request.headers['stripe-version']);
}

async function route(call: ApiCall, routes: readonly ApiRoute[]): Promise<ApiAnswer> {
  const found = findApiRoute(routes, call);
  if (!found) throw new ApiError(404, `Unrecognized request URL (${call.method}: ${call.path}).`);
  return await found.route.answer(call, found.groups);
}

function send(response: ServerResponse, answer: ApiAnswer, requestId: string, version: unknown): void {
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    'request-id': requestId,
    ...(typeof version === 'string' && { 'stripe-version': version }),
    ...answer.headers,
  });
  response.end(JSON.stringify(answer.body));
}
