import Stripe from 'stripe';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { StripeKeyRefused, StripeRequestRefused, StripeUnavailable } from '#shared/errors/stripe-errors.ts';
import { readRecord } from '#shared/event/read-record.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { SecretStore } from '#shared/ports/secret-store.ts';
import type { StripeAnswer, StripeApi, StripeRequest } from '#shared/ports/stripe-api.ts';
import { whyNotApiPath, whyNotContext } from '#shared/stripe/api-path.ts';
import { errorOf } from './stripe-answer-error.ts';
import { StripeKeys } from './stripe-keys.ts';

export interface StripeApiOptions {
  /** Holds the keys by mode. */
  readonly secret: SecretStore;
  readonly clock: Clock;
  /** Version of the API to ask for. @default the one that the installed `stripe` package describes */
  readonly apiVersion?: string | undefined;
  /** Another Stripe than the real one, on this machine: `http://127.0.0.1:12111`. */
  readonly baseUrl?: string | undefined;
  /** Milliseconds one request may take, answer included. @default 10,000 */
  readonly timeoutMs?: number;
  /** Told of each request that goes out, before it does: also of one that is made again. */
  onRequest?(): void;
}

/** An answer of any status, read to its end. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What a broken connection looks like that was closed while it was idle: a thawed function finds it so. */
const CLOSED = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

/**
 * Stripe's API through the official library: it signs, versions and describes each request, and this makes it. So the
 * answer's own bytes are kept, an abort ends the connection, and no redirect takes the key elsewhere.
 *
 * Nothing is tried again here but what met a connection that was already closed, once, and with the same idempotency
 * key: whoever asks has a queue and knows the rate. After a 401 the keys are read again, and a new one is tried.
 */
export function stripeApi(options: StripeApiOptions): StripeApi {
  const keys = new StripeKeys(options.secret, options.clock);
  const where = addressOf(options.baseUrl);
  return {
    async request(request, signal) {
      const wrong = whyNotApiPath(request.path) ?? whyNotContext(request.context);
      if (wrong !== undefined) throw new StripeRequestRefused(`A request to Stripe was not made: ${wrong}.`);
      const key = await keys.of(request.livemode, signal);
      try {
        return await ask(request, key, where, options, signal);
      } catch (error) {
        if (!(error instanceof StripeKeyRefused)) throw error;
        await keys.reread(signal);
        const stored = await keys.of(request.livemode, signal);
        if (stored === key) throw error;
        return ask(request, stored, where, options, signal);
      }
    },
  };
}

type Address = { readonly host: string; readonly port: string; readonly protocol: 'http' | 'https' } | undefined;

/** @throws {Error} for a plain connection that leaves this machine: the key would be readable on its way */
function addressOf(baseUrl: string | undefined): Address {
  if (baseUrl === undefined) return undefined;
  const { hostname, port, protocol } = new URL(baseUrl);
  if (protocol === 'https:') return { host: hostname, port: port || '443', protocol: 'https' };
  if (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname)) {
    return { host: hostname, port: port || '80', protocol: 'http' };
  }
  throw new Error(`STRIPE_API_BASE is ${baseUrl}: https, or http at 127.0.0.1, was expected.`);
}

async function ask(
  request: StripeRequest,
  key: string,
  where: Address,
  { apiVersion, timeoutMs = 10_000, onRequest }: StripeApiOptions,
  signal: AbortSignal,
): Promise<StripeAnswer> {
  const { method = 'GET', path, params, context, idempotencyKey, because } = request;
  const ends = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  let answer: RawAnswer | undefined;
  const client = new Stripe(key, {
    ...where,
    httpClient: Stripe.createFetchHttpClient(async (url, init) => {
      answer = await send(url, { ...init, redirect: 'manual', signal: ends }, onRequest);
      // The library need not read it a second time, nor judge it.
      return Response.json({});
    }),
    maxNetworkRetries: 0,
    telemetry: false,
  });
  const headers = because === undefined ? {} : { 'Stripe-Request-Trigger': `event=${because}` };
  await client
    .rawRequest(method, path, method === 'POST' ? params : undefined, {
      ...(apiVersion !== undefined && { apiVersion }),
      ...(context !== undefined && { stripeContext: context }),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      additionalHeaders: headers,
      // Ours ends it first; its own would leave the answer's body without one.
      timeout: timeoutMs + 60_000,
    })
    .catch((cause: unknown) => {
      const why = ends.aborted && !signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(cause);
      throw new StripeUnavailable(`Stripe did not answer ${method} ${path}: ${why}.`, {}, { cause });
    });
  if (answer === undefined) throw new StripeUnavailable(`Stripe was not asked for ${method} ${path}.`);
  return read(request, answer);
}

async function send(url: string | URL | Request, init: RequestInit, onRequest?: () => void): Promise<RawAnswer> {
  const once = async () => {
    onRequest?.();
    const response = await fetch(url, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return once().catch((error: unknown) => {
    if (init.signal?.aborted || !CLOSED.includes(codeOf(error))) throw error;
    return once();
  });
}

/** @throws what the answer means when it is no success */
function read(request: StripeRequest, { status, headers, text }: RawAnswer): StripeAnswer {
  const value = readRecord(text);
  if (status < 200 || status > 299) throw errorOf(request, status, headers, value);
  if (value === undefined) {
    throw new StripeUnavailable(`Stripe answered ${request.path} with ${status} and something that is no JSON object.`);
  }
  const [apiVersion, requestId] = [headers.get('stripe-version'), headers.get('request-id')];
  return { status, text, value, ...(apiVersion !== null && { apiVersion }), ...(requestId !== null && { requestId }) };
}

/** The library wraps what `fetch` threw, and that wraps what the socket said. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; isRecord(at) && depth < 5; at = at.detail ?? at.cause, depth += 1) {
    if (typeof at.code === 'string') return at.code;
  }
  return '';
}

function reasonOf(error: unknown): string {
  return codeOf(error) || errorName(error);
}
