import { randomUUID } from 'node:crypto';
import { NotFoundBreaker } from '#functions/resolver/not-found-breaker.ts';
import type { ResolverPorts } from '#functions/resolver/ports.ts';
import { resolveBatch } from '#functions/resolver/resolve-batch.ts';
import { StripeNotFound } from '#shared/errors/stripe-errors.ts';
import type { BusEntry } from '#shared/event/bus-entry.ts';
import type { Failure } from '#shared/ledger/ledger.ts';
import { type MemoryLedger, memoryLedger } from '#shared/ledger/memory-ledger.ts';
import type { StripeAnswer, StripeRequest } from '#shared/ports/stripe-api.ts';
import { rawRecord, referenceTo } from '../handlers/handler-fakes.ts';

export const NOW = Date.parse('2026-11-20T12:00:00Z');

/** What Stripe answers a path with: JSON text, an error, or what a function makes of the request. */
export type Scripted = string | Error | ((request: StripeRequest) => string);

/** The resolver's world in memory, with everything that was done to it. */
export interface FakeResolverWorld extends ResolverPorts {
  readonly time: { now: number };
  readonly ledger: MemoryLedger;
  readonly entries: BusEntry[];
  readonly stored: Map<string, string>;
  readonly hidden: { readonly messageId: string; readonly seconds: number }[];
  readonly parked: { readonly messageId: string; readonly code: string; readonly message: string }[];
  readonly recorded: Map<string, Failure>;
  readonly counts: Map<string, number>;
  readonly requests: (StripeRequest & { readonly at: number })[];
  /** By path; of a list the next, the last one for ever. Whatever is not here is answered 404. */
  readonly answers: Map<string, Scripted | Scripted[]>;
  /** Each is thrown by the next publication. */
  readonly failPublish: Error[];
  /** Details of what was published. */
  published(): Record<string, unknown>[];
}

export function fakeResolverWorld(settings: Partial<ResolverPorts> = {}): FakeResolverWorld {
  const time = { now: NOW };
  const clock = { now: () => time.now };
  const counts = new Map<string, number>();
  const count = (metric: string, by = 1) => void counts.set(metric, (counts.get(metric) ?? 0) + by);
  const ledger = memoryLedger(clock, 35_000, randomUUID);
  const world: FakeResolverWorld = {
    domain: 'thin',
    destinations: [{ name: 'account', mode: 'both', payload: 'thin', accounts: 'own' }],
    requestsPerSecond: 8,
    retrySchedule: [60, 300, 900, 3600],
    maxReceiveCount: 5,
    inlineLimit: 240_000,
    breaker: new NotFoundBreaker(clock),
    clock,
    time,
    ledger,
    ledgerWith: () => ledger,
    entries: [],
    stored: new Map(),
    hidden: [],
    parked: [],
    recorded: new Map(),
    counts,
    requests: [],
    answers: new Map(),
    failPublish: [],
    published: () => world.entries.map(({ detail }) => JSON.parse(detail)),
    // Time stands still but for those who wait.
    async sleep(ms, signal) {
      signal.throwIfAborted();
      // Whoever's turn has come goes first.
      await new Promise(setImmediate);
      time.now += ms;
    },
    bus: {
      async publish(entry) {
        const error = world.failPublish.shift();
        if (error !== undefined) throw error;
        world.entries.push(entry);
        return randomUUID();
      },
    },
    payloads: {
      async put(key, body) {
        world.stored.set(key, body);
        return referenceTo(key, body);
      },
      get: async ({ key }) => world.stored.get(key) ?? '',
    },
    failures: {
      async record({ event, stage }, failure) {
        world.recorded.set(`${event} ${stage}`, failure);
      },
      async clear(keys) {
        for (const { event, stage } of keys) world.recorded.delete(`${event} ${stage}`);
      },
    },
    messages: {
      async hide({ messageId }, seconds) {
        world.hidden.push({ messageId, seconds });
      },
      async park({ messageId }, { code, message }) {
        world.parked.push({ messageId, code, message });
      },
    },
    telemetry: { log: () => undefined, count, countNow: count, duration: () => undefined },
    stripe: {
      async request(request): Promise<StripeAnswer> {
        world.requests.push({ ...request, at: time.now });
        count('StripeRequests');
        const scripted = world.answers.get(request.path);
        const next = Array.isArray(scripted) ? (scripted.length > 1 ? scripted.shift() : scripted[0]) : scripted;
        if (next === undefined) throw new StripeNotFound(`Stripe answered GET ${request.path} with 404.`);
        if (next instanceof Error) throw next;
        const text = typeof next === 'function' ? next(request) : next;
        return { status: 200, text, value: JSON.parse(text), apiVersion: '2026-10-28.endive' };
      },
    },
    ...settings,
  };
  return world;
}

/** A notification as Stripe sends it. */
export function thinEvent(overrides: object = {}) {
  return {
    id: 'evt_thin1',
    object: 'v2.core.event',
    type: 'v1.invoice.paid',
    created: '2026-11-20T11:59:58.123456789Z',
    livemode: false,
    related_object: { id: 'in_1', type: 'invoice', url: '/v1/invoices/in_1' },
    ...overrides,
  };
}

export const INVOICE = '{"id":"in_1","object":"invoice","total":12345678901234567890}';

const FANOUT = {
  version: 1,
  payload: 'thin',
  via: 'webhook',
  destination: 'account',
  publishedAt: '2026-11-20T11:59:59.500Z',
  receivedAt: '2026-11-20T11:59:59.400Z',
};

export interface Sending {
  readonly messageId?: string;
  readonly receiveCount?: number;
  readonly fanout?: object;
}

/** A queue record with a notification as the rule delivers it. @param detail an event, or its JSON text */
export function record(detail: object | string, { messageId = 'm1', receiveCount = 1, fanout = {} }: Sending = {}) {
  const text = typeof detail === 'string' ? detail : JSON.stringify(detail);
  const added = JSON.stringify({ ...FANOUT, ...fanout });
  const body = `{"version":"0","source":"stripe.thin","detail":${text.slice(0, -1)},"fanout":${added}}}`;
  return rawRecord(body, { messageId, receiveCount });
}

/** One invocation. @returns ids of the messages that stay in the queue */
export async function resolve(
  world: ResolverPorts,
  records: ReturnType<typeof record>[],
  remainingMs = 30_000,
): Promise<readonly string[]> {
  const answer = await resolveBatch(world, { Records: records }, remainingMs);
  return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}
