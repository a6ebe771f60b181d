import { createHash, randomUUID } from 'node:crypto';
import type { HandlerPorts } from '#functions/handlers/ports.ts';
import { PayloadLost } from '#shared/errors/store-errors.ts';
import type { Failure } from '#shared/ledger/ledger.ts';
import { memoryLedger } from '#shared/ledger/memory-ledger.ts';
import type { TeamRow } from '#shared/ports/team-rows.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import { teamRowScope } from '#shared/projection/team-row-scope.ts';
import type { RefreshRequest } from '#shared/refresh/refresh-request.ts';

export const NOW = Date.parse('2026-11-20T12:00:00Z');

/** A domain's world in memory, with everything that was done to it. */
export interface FakeHandlerWorld extends HandlerPorts {
  readonly time: { now: number };
  readonly rows: Map<string, ObjectRow>;
  readonly team: Map<string, TeamRow>;
  readonly stored: Map<string, string>;
  readonly recorded: Map<string, Failure>;
  readonly asked: { readonly request: RefreshRequest; readonly delaySeconds: number }[];
  readonly hidden: { readonly messageId: string; readonly seconds: number }[];
  readonly parked: { readonly messageId: string; readonly code: string }[];
  readonly counts: Map<string, number>;
  readonly logged: { readonly message: string; readonly fields: Readonly<Record<string, unknown>> }[];
  /** The `failures` index: each row's event and stage, with its code. */
  listed(): Readonly<Record<string, string>>;
  /** Runs before each conditional write of an object row: for what happens in between. */
  beforeWrite: () => void;
}

export function fakeHandlerWorld(
  settings: Partial<Pick<HandlerPorts, 'projection' | 'domain' | 'freshness'>> = {},
): FakeHandlerWorld {
  const time = { now: NOW };
  const clock = { now: () => time.now };
  const rows = new Map<string, ObjectRow>();
  const team = new Map<string, TeamRow>();
  const stored = new Map<string, string>();
  const recorded = new Map<string, Failure>();
  const asked: FakeHandlerWorld['asked'] = [];
  const hidden: FakeHandlerWorld['hidden'] = [];
  const parked: FakeHandlerWorld['parked'] = [];
  const counts = new Map<string, number>();
  const logged: FakeHandlerWorld['logged'] = [];
  const ledger = memoryLedger(clock, 35_000, randomUUID);
  const nameOf = ({ object, ...row }: { object: string; scope: string; part?: string }) =>
    `${object} ${teamRowScope(row)}`;
  const world: FakeHandlerWorld = {
    domain: 'billing',
    projection: 'full',
    freshness: 'event',
    asked,
    refreshes: {
      async ask(request, delaySeconds) {
        asked.push({ request, delaySeconds });
      },
    },
    retrySchedule: [60, 300, 900, 3600],
    maxReceiveCount: 5,
    clock,
    time,
    rows,
    team,
    stored,
    recorded,
    hidden,
    parked,
    counts,
    logged,
    listed: () => {
      const released = [...ledger.rows].flatMap(([key, { errorCode }]) => (errorCode ? [[key, errorCode]] : []));
      return Object.fromEntries([...released, ...[...recorded].map(([key, { code }]) => [key, code])]);
    },
    beforeWrite: () => undefined,
    failures: {
      async record({ event, stage }, failure) {
        recorded.set(`${event} ${stage}`, failure);
      },
      async clear(keys) {
        for (const { event, stage } of keys) recorded.delete(`${event} ${stage}`);
      },
    },
    objects: {
      read: async (key) => rows.get(nameOf(key)),
      async write(row) {
        world.beforeWrite();
        if ((rows.get(nameOf(row))?.version ?? 0) !== row.version - 1) return false;
        rows.set(nameOf(row), row);
        return true;
      },
    },
    teamRows: {
      async put(row) {
        if ((team.get(nameOf(row))?.asOf ?? 0) > row.asOf) return false;
        team.set(nameOf(row), row);
        return true;
      },
    },
    payloads: {
      async put(key, body) {
        stored.set(key, body);
        return referenceTo(key, body);
      },
      async get(reference) {
        const body = stored.get(reference.key);
        if (body === undefined || referenceTo(reference.key, body).sha256 !== reference.sha256) {
          throw new PayloadLost(`There is no such object ${reference.key}.`);
        }
        return body;
      },
      async erase(key) {
        stored.delete(key);
      },
    },
    messages: {
      async hide({ messageId }, seconds) {
        hidden.push({ messageId, seconds });
      },
      async park({ messageId }, { code }) {
        parked.push({ messageId, code });
      },
    },
    telemetry: {
      log: (_level, message, fields) => void logged.push({ message, fields }),
      count: (metric, by = 1) => void counts.set(metric, (counts.get(metric) ?? 0) + by),
      countNow: (metric) => void counts.set(metric, (counts.get(metric) ?? 0) + 1),
      duration: () => undefined,
    },
    ledgerWith: () => ledger,
    ...settings,
  };
  return world;
}

export function referenceTo(key: string, body: string) {
  const sha256 = createHash('sha256').update(body).digest('hex');
  return { bucket: 'payloads', key, bytes: Buffer.byteLength(body), sha256 };
}

const fanout = {
  version: 1,
  payload: 'snapshot',
  via: 'webhook',
  destination: 'account',
  publishedAt: '2026-11-20T12:00:00.000Z',
  receivedAt: '2026-11-20T12:00:00.000Z',
};

/** An invoice's event, without what the pipeline adds. */
export function invoiceEvent(overrides: object = {}) {
  return {
    id: 'evt_1',
    object: 'event',
    type: 'invoice.paid',
    created: NOW / 1000,
    livemode: false,
    data: { object: { id: 'in_1', object: 'invoice', total: 5 } },
    ...overrides,
  };
}

/** A queue record with an event as EventBridge delivers it. */
export function recordOf(detail: object, { messageId = 'm1', receiveCount = 1, envelope = {} } = {}) {
  const body = JSON.stringify({ version: '0', source: 'stripe', detail: { fanout, ...detail }, ...envelope });
  return rawRecord(body, { messageId, receiveCount });
}

export function rawRecord(body: string, { messageId = 'm1', receiveCount = 1 } = {}) {
  return {
    messageId,
    receiptHandle: `handle-${messageId}`,
    body,
    attributes: { ApproximateReceiveCount: String(receiveCount) },
  };
}
