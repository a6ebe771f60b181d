import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripeApi } from '#functions/adapters/stripe-api.ts';
import type { ReconcilerPorts } from '#functions/reconciler/ports.ts';
import { CLAIM_MS } from '#functions/reconciler/publish-missing.ts';
import { reconcile } from '#functions/reconciler/reconcile.ts';
import type { Emission } from '#local/stripe/emit/emission.ts';
import { toMetadata } from '#shared/destinations/marks.ts';
import type { StripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import { type WantedDestination, wantedDestinations } from '#shared/destinations/wanted-destination.ts';
import type { BusEntry } from '#shared/event/bus-entry.ts';
import { type LedgerRows, memoryLedger } from '#shared/ledger/memory-ledger.ts';
import type { ReconcileOrder } from '#shared/reconcile/reconcile-order.ts';
import { PatientStripe } from '#shared/stripe/patient-stripe.ts';
import { startStripeFixture } from '../local/stripe/start-stripe-fixture.ts';
import { memoryProgress } from './memory-progress.ts';

export const HOUR = 3_600_000;
export const API_VERSION = '2026-10-28.endive';
const INSTALLATION = 'arn:aws:events:eu-west-1:123456789012:event-bus/stripe-fanout-prod';

export interface WorldOptions {
  readonly destinations?: StripeConfiguration['destinations'];
  readonly key?: string;
  /** Called at each call of a port, before it is made and after: what it throws is what the reconciler gets. */
  readonly step?: (call: string) => void;
}

/** Stripe's stand-in, a ledger and a bus in memory, and the reconciler between them. */
export async function reconcilerWorld(options: WorldOptions = {}) {
  const { destinations = [{ name: 'account', mode: 'both', payload: 'snapshot', accounts: 'own' }] } = options;
  const step = options.step ?? (() => undefined);
  const stripe = await startStripeFixture({ limits: { live: 1_000, test: 1_000, endpoint: 1_000 } });
  const configuration = {
    apiVersion: API_VERSION,
    accounts: {},
    destinations,
    partnerSources: [],
    domainsOff: [],
    domainsDraining: [],
  };
  let ahead = 0;
  const clock = { now: () => Date.now() + ahead };
  const rows: LedgerRows = new Map();
  const entries: BusEntry[] = [];
  const counts = new Map<string, number>();
  const logs: Record<string, unknown>[] = [];
  const count = (name: string, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by);
  const ports: ReconcilerPorts = {
    configuration,
    webhookUrl: stripe.receiver,
    installation: INSTALLATION,
    stripe: new PatientStripe({
      stripe: stepped(
        'stripe',
        stripeApi({
          secret: { read: async () => options.key ?? '{"test":"rk_test_local"}' },
          clock,
          apiVersion: API_VERSION,
          baseUrl: stripe.local.url,
        }),
        step,
      ),
      sleep: (ms, signal) => sleep(ms / 100, undefined, { signal }),
      random: () => 0,
    }),
    published: stepped(
      'published',
      {
        standings: async (ids: readonly string[]) =>
          new Map(
            ids.map((id) => {
              const row = rows.get(`${id} publish`);
              if (row?.status === 'done') return [id, 'published'] as const;
              return [id, (row?.leaseUntil ?? 0) > clock.now() ? 'in flight' : 'missing'] as const;
            }),
          ),
      },
      step,
    ),
    progress: stepped('progress', memoryProgress(clock.now), step),
    ledger: stepped('ledger', memoryLedger(clock, CLAIM_MS, randomUUID, rows), step),
    bus: stepped('bus', { publish: async (entry: BusEntry) => String(entries.push(entry)) }, step),
    payloads: {
      put: async (key, body) => ({ bucket: 'payloads', key, bytes: body.length, sha256: '' }),
      get: () => Promise.reject(new Error('The reconciler reads no payloads.')),
    },
    telemetry: {
      count,
      countNow: (name) => count(name),
      duration: () => undefined,
      log: (_level, message, fields) => void logs.push({ message, ...fields }),
      flush: () => undefined,
    },
    clock,
    inlineLimit: 240_000,
    newId: randomUUID,
  };
  const wanted = wantedDestinations(configuration, 'test', stripe.receiver);
  return {
    stripe,
    entries,
    counts,
    logs,
    rows,
    ports,
    wanted,
    /** Makes a destination at Stripe as `fanout destinations apply` does, or with other types. */
    connect: (one: WantedDestination, enabledEvents = one.enabledEvents) =>
      stripe.test.v2.core.eventDestinations.create({
        name: one.slot,
        type: 'webhook_endpoint',
        event_payload: one.payload,
        enabled_events: [...enabledEvents],
        events_from: [one.accounts === 'own' ? '@self' : '@accounts'],
        webhook_endpoint: { url: one.url },
        metadata: toMetadata({ installation: INSTALLATION, slot: one.slot, opened: '2026-11-24T12:00:00Z' }),
      }),
    /** Stripe makes events, and delivers none of them. @returns their ids */
    arise(emission: Omit<Emission, 'created'> & { minutesAgo?: number }, times = 1): string[] {
      const { minutesAgo = 60, ...rest } = emission;
      const created = Math.floor(Date.now() / 1000) - minutesAgo * 60;
      const emit = () => stripe.local.emit({ ...rest, created, destination: 'account' });
      return Array.from({ length: times }, emit).flatMap((made) => made.map(({ id }) => id));
    },
    /** The ledger learns that an event is on the bus. */
    know(id: string | undefined, status: 'done' | 'claimed' = 'done', leaseUntil = 0) {
      rows.set(`${id} publish`, { status, owner: 'other', leaseUntil, expiresAt: 1e12, attempts: 1 });
    },
    run: (order?: Partial<ReconcileOrder>, remainingMs = 300_000) =>
      reconcile(ports, order && { ...everything(clock.now()), ...order }, remainingMs),
    idsOnBus: () => entries.map(({ detail }): string => JSON.parse(detail).id),
    /** Lets time pass. */
    wait: (ms: number) => {
      ahead += ms;
    },
    [Symbol.asyncDispose]: () => stripe[Symbol.asyncDispose](),
  };
}

/** A command for all that Stripe lists. */
function everything(now: number): ReconcileOrder {
  return { since: now - 30 * 24 * HOUR, until: now, dryRun: false, seconds: 60 };
}

/** An object whose every method is a step before it begins and another one after it has ended. */
function stepped<Port extends object>(name: string, port: Port, step: (call: string) => void): Port {
  return new Proxy(port, {
    get(target, key, receiver) {
      const method: unknown = Reflect.get(target, key, receiver);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        step(`before ${name}.${String(key)}`);
        const result: unknown = await method.apply(target, args);
        step(`after ${name}.${String(key)}`);
        return result;
      };
    },
  });
}
