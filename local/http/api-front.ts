import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { ACCOUNT } from '../assembly/account.ts';
import type { Access } from '../iam/access.ts';
import type { AccessControl } from '../iam/access-control.ts';
import type { LambdaHost } from '../lambda/lambda-host.ts';
import { PAYLOAD_LIMIT } from '../lambda/payload-limit.ts';
import type { InFlight } from '../observe/in-flight.ts';
import { readBody } from '../read-body.ts';
import { answerStripeControl, STRIPE_CONTROL_PATH } from '../stripe/control/control-api.ts';
import type { LocalStripe } from '../stripe/local-stripe.ts';
import { fromLambdaResult, gatewayAnswer, type HttpAnswer, INTERNAL_SERVER_ERROR } from './from-lambda-result.ts';
import { findRoute, type Route, type RouteMatch } from './route-table.ts';
import { toLambdaEvent } from './to-lambda-event.ts';

/** An HTTP API's largest body, in bytes. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

export interface ApiFrontOptions {
  readonly routes: readonly Route[];
  readonly host: LambdaHost;
  readonly access: AccessControl;
  readonly inFlight: InFlight;
  /** Answered at `GET /_local/outputs`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What is told to do something at `/_local/stripe/…`, where it runs. */
  readonly stripe?: LocalStripe | undefined;
}

/** The HTTP API: routes to functions, and local routes of the runtime's own. */
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
  const [path = '/', query] = (request.url ?? '/').split('?');
  const own = await localAnswer(request.method ?? 'GET', path, query, body, options);
  if (own) return own;
  const match = findRoute(options.routes, request.method ?? 'GET', path);
  if (!match) return gatewayAnswer(404, 'Not Found');
  if (!body) return gatewayAnswer(413, 'Request Entity Too Large');
  return await integrate(match, { request, body, requestId: randomUUID(), now }, options);
}

async function integrate(match: RouteMatch, request: Parameters<typeof toLambdaEvent>[0], options: ApiFrontOptions) {
  const { access, host } = options;
  const event = JSON.stringify(toLambdaEvent(request, match));
  if (Buffer.byteLength(event) > PAYLOAD_LIMIT) return gatewayAnswer(413, 'Request Entity Too Large');
  // API Gateway does not say either that it may not invoke the function.
  if (access.denial(invocationBy(match.route)) !== undefined) return INTERNAL_SERVER_ERROR;
  try {
    return fromLambdaResult(await host.invoke(match.route.function, () => event));
  } catch {
    // The reason stands in the function's log; API Gateway does not tell it either.
    return INTERNAL_SERVER_ERROR;
  }
}

function invocationBy({ invokes, sourceArn }: Route): Access {
  return {
    principal: { kind: 'service', name: 'apigateway.amazonaws.com' },
    action: 'lambda:InvokeFunction',
    resource: invokes,
    context: { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': ACCOUNT },
  };
}

async function localAnswer(
  method: string,
  path: string,
  query: string | undefined,
  body: Buffer = Buffer.alloc(0),
  { outputs, stripe }: ApiFrontOptions,
): Promise<HttpAnswer | undefined> {
  if (stripe && path.startsWith(STRIPE_CONTROL_PATH)) {
    const request = { method, path, query: new URLSearchParams(query), body };
    return json(...(await answerStripeControl(stripe, request)));
  }
  if (method !== 'GET') return undefined;
  if (path === '/healthz') return json(200, { status: 'ok' });
  return path === '/_local/outputs' ? json(200, outputs) : undefined;
}

function json(status: number, value: unknown): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}
