import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { LambdaHost } from '../lambda/lambda-host.ts';
import { PAYLOAD_LIMIT } from '../lambda/payload-limit.ts';
import type { InFlight } from '../observe/in-flight.ts';
import { readBody } from '../read-body.ts';
import { fromLambdaResult, gatewayAnswer, type HttpAnswer, INTERNAL_SERVER_ERROR } from './from-lambda-result.ts';
import { findRoute, type Route, type RouteMatch } from './route-table.ts';
import { toLambdaEvent } from './to-lambda-event.ts';

/** An HTTP API's largest body, in bytes. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

export interface ApiFrontOptions {
  readonly routes: readonly Route[];
  readonly host: LambdaHost;
  readonly inFlight: InFlight;
  /** Answered at `GET /_local/outputs`. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** The HTTP API: routes to functions, and two local routes of the runtime's own. */
export function apiFront(options: ApiFrontOptions): RequestListener {
  return (request, response) => {
    options.inFlight
      .during('HTTP requests', async () => send(response, await answer(request, options)))
      .catch(() => response.destroy());
  };
}

async function answer(request: IncomingMessage, options: ApiFrontOptions): Promise<HttpAnswer> {
  const now = new Date();
  const body = await readBody(request, MAX_BODY_BYTES);
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const own = localAnswer(request.method ?? 'GET', path, options);
  if (own) return own;
  const match = findRoute(options.routes, request.method ?? 'GET', path);
  if (!match) return gatewayAnswer(404, 'Not Found');
  if (!body) return gatewayAnswer(413, 'Request Entity Too Large');
  return await integrate(match, { request, body, requestId: randomUUID(), now }, options.host);
}

async function integrate(match: RouteMatch, request: Parameters<typeof toLambdaEvent>[0], host: LambdaHost) {
  const event = JSON.stringify(toLambdaEvent(request, match));
  if (Buffer.byteLength(event) > PAYLOAD_LIMIT) return gatewayAnswer(413, 'Request Entity Too Large');
  try {
    return fromLambdaResult(await host.invoke(match.route.function, () => event));
  } catch {
    // The reason stands in the function's log; API Gateway does not tell it either.
    return INTERNAL_SERVER_ERROR;
  }
}

function localAnswer(method: string, path: string, { outputs }: ApiFrontOptions): HttpAnswer | undefined {
  if (method !== 'GET') return undefined;
  const json = (value: unknown) => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  });
  if (path === '/healthz') return json({ status: 'ok' });
  return path === '/_local/outputs' ? json(outputs) : undefined;
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}
