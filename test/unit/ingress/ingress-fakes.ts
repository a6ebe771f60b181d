import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { IngressPorts } from '#functions/ingress/ports.ts';
import type { Destination } from '#shared/environment/destination.ts';
import type { BusEntry } from '#shared/event/bus-entry.ts';
import { type MemoryLedger, memoryLedger } from '#shared/ledger/memory-ledger.ts';
import type { Delivery } from '#shared/webhook/read-request.ts';
import { SigningSecrets } from '#shared/webhook/signing-secrets.ts';

export const NOW = Date.parse('2026-11-20T12:00:00Z');
export const SECRET = 'whsec_test';
export const LEASE_MS = 15_000;

/** Everything the ingress did to the world outside, and switches to make that world fail. */
export interface FakeWorld extends IngressPorts {
  readonly ledger: MemoryLedger;
  readonly entries: BusEntry[];
  readonly stored: Map<string, string>;
  readonly counts: Map<string, number>;
  readonly logged: unknown[];
  readonly time: { now: number };
  /** Each is thrown by the next call of its kind. */
  readonly fail: { publish: Error[]; put: Error[]; secret: Error[] };
  secret: string;
  secretReads: number;
}

export function fakeWorld(destinations: readonly Partial<Destination>[] = [{}]): FakeWorld {
  const time = { now: NOW };
  const clock = { now: () => time.now };
  const entries: BusEntry[] = [];
  const stored = new Map<string, string>();
  const counts = new Map<string, number>();
  const logged: unknown[] = [];
  const fail: FakeWorld['fail'] = { publish: [], put: [], secret: [] };
  const throwNext = (errors: Error[]) => {
    const error = errors.shift();
    if (error !== undefined) throw error;
  };
  const world: FakeWorld = {
    destinations: destinations.map((destination) => ({
      name: 'account',
      mode: 'both',
      payload: 'either',
      accounts: 'either',
      ...destination,
    })),
    secret: JSON.stringify(Object.fromEntries(destinations.map(({ name }) => [name ?? 'account', [SECRET]]))),
    secretReads: 0,
    secrets: new SigningSecrets(
      {
        async read() {
          world.secretReads += 1;
          throwNext(fail.secret);
          return world.secret;
        },
      },
      clock,
    ),
    ledger: memoryLedger(clock, LEASE_MS, randomUUID),
    bus: {
      async publish(entry) {
        throwNext(fail.publish);
        entries.push(entry);
        return randomUUID();
      },
    },
    payloads: {
      async put(key, body) {
        throwNext(fail.put);
        stored.set(key, body);
        const sha256 = createHash('sha256').update(body).digest('hex');
        return { bucket: 'payloads', key, bytes: Buffer.byteLength(body), sha256 };
      },
      async get() {
        throw new Error('the ingress reads no payloads');
      },
    },
    clock,
    signers: { note: async () => undefined },
    telemetryFor: () => ({
      log: (level, message, fields) => void logged.push({ level, message, ...fields }),
      count: (metric, by = 1) => void counts.set(metric, (counts.get(metric) ?? 0) + by),
      countNow: (metric) => void counts.set(metric, (counts.get(metric) ?? 0) + 1),
      duration: () => undefined,
    }),
    inlineLimit: 240_000,
    async sleep(ms) {
      time.now += ms;
    },
    entries,
    stored,
    counts,
    logged,
    time,
    fail,
  };
  return world;
}

export const never = { work: new AbortController().signal, settle: new AbortController().signal };

/** A snapshot event as JSON text. */
export function snapshot(overrides: object = {}): string {
  return JSON.stringify({
    id: 'evt_1',
    object: 'event',
    api_version: '2026-10-28.endive',
    created: Math.floor(NOW / 1000) - 2,
    livemode: false,
    type: 'invoice.paid',
    data: { object: { id: 'in_1', object: 'invoice', amount_paid: 4200, metadata: { order: '7' } } },
    pending_webhooks: 1,
    request: null,
    ...overrides,
  });
}

export interface SignOptions {
  readonly secret?: string;
  /** Unix milliseconds. */
  readonly at?: number;
  readonly destination?: string;
}

/** A delivery of this body, signed as Stripe signs. */
export function signed(
  body: string | Buffer,
  { secret = SECRET, at = NOW, destination = 'account' }: SignOptions = {},
): Delivery {
  const bytes = Buffer.from(body);
  const timestamp = Math.floor(at / 1000);
  // Over bytes, which need not be text; that this is Stripe's scheme is shown in the signature's own tests.
  const hmac = createHmac('sha256', secret).update(`${timestamp}.`).update(bytes).digest('hex');
  return { destination, body: bytes, signature: `t=${timestamp},v1=${hmac}` };
}
