import { createServer } from 'node:http';
import Stripe from 'stripe';
import { LateServer } from '#local/late-server.ts';
import { close, listen } from '#local/listen.ts';
import { InFlight } from '#local/observe/in-flight.ts';
import { Observations } from '#local/observe/observations.ts';
import { settled } from '#local/observe/settled.ts';
import { readBody } from '#local/read-body.ts';
import type { PartnerBridge } from '#local/stripe/emit/partner-bridge.ts';
import { LocalStripe, type LocalStripeOptions } from '#local/stripe/local-stripe.ts';
import type { Destination } from '#shared/environment/destination.ts';

/** One try of a delivery, as the receiver saw it. */
export interface Received {
  readonly path: string;
  readonly body: string;
  readonly signature: string;
}

export interface StripeFixtureOptions extends Partial<LocalStripeOptions> {
  readonly destinations?: readonly Destination[];
  /** How the receiver answers its n-th request, from 0: a status, or never. @default 200 */
  readonly answer?: (n: number) => number | 'never';
  /** @default always whsec_test */
  readonly secretOf?: (destination: string) => string;
  /** @default no partner event sources */
  readonly bridge?: PartnerBridge;
}

const ANY: Destination = { name: 'account', mode: 'both', payload: 'either', accounts: 'either' };

const NO_BRIDGE: PartnerBridge = {
  sources: [],
  put: () => Promise.reject(new Error('There is no bus of that name.')),
};

/** The stand-in, a receiver of its events, and Stripe's own library as its client. */
export async function startStripeFixture(options: StripeFixtureOptions = {}) {
  const { destinations = [ANY], answer = () => 200, secretOf = () => 'whsec_test', bridge = NO_BRIDGE } = options;
  const received: Received[] = [];
  const waits: number[] = [];
  const receiver = createServer(async (request, response) => {
    const body = await readBody(request, 1_000_000);
    const n = received.length;
    const signature = String(request.headers['stripe-signature']);
    received.push({ path: request.url ?? '', body: String(body), signature });
    const status = answer(n);
    if (status === 'never') return;
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {});
    response.end('{"received":true,"outcome":"accepted"}');
  });
  const receiverUrl = `http://127.0.0.1:${await listen(receiver, 0)}`;
  const observations = new Observations();
  const inFlight = new InFlight(observations);
  const server = new LateServer();
  const url = await server.listen(0);
  const local = new LocalStripe({
    url,
    targets: { destinations, urlOf: (name) => `${receiverUrl}/${name}`, secretOf, bridge },
    inFlight,
    // Remembers what was to be waited, and does not wait.
    scale: {
      wait: (seconds) => {
        waits.push(seconds);
        return 0;
      },
    },
    ...options,
  });
  server.answerWith(local.listener);
  const { hostname: host, port } = new URL(url);
  const client = (key: string, config: object = {}) =>
    new Stripe(key, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false, ...config });
  return {
    local,
    /** Base URL of the receiver. */
    receiver: receiverUrl,
    received,
    /** Seconds of Stripe's time that were waited before a try. */
    waits,
    client,
    test: client('rk_test_local'),
    live: client('rk_live_local'),
    /** Resolves when nothing is tried any more. */
    delivered: () => settled(observations, () => inFlight.describe(), 60_000),
    [Symbol.asyncDispose]: async () => {
      local.stop();
      await Promise.all([server.close(), close(receiver)]);
    },
  };
}
