import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import type { LedgerRow } from '#shared/operations/operator-ledger.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';

/** Where an event stands, from the first to the last. */
export type Standing =
  | 'publishing'
  | 'interrupted'
  | 'publish_failed'
  | 'announced'
  | 'resolving'
  | 'published'
  | 'failing'
  | 'parked'
  | 'reacting'
  | 'handled';

export interface Step {
  readonly stage: string;
  readonly status: string;
  /** ISO 8601. */
  readonly at?: string;
  readonly attempts: number;
  readonly error?: string;
}

export interface EventLife {
  readonly event: string;
  readonly standing: Standing;
  /** One sentence: what that means, or what to do. */
  readonly meaning: string;
  readonly type?: string;
  readonly account?: string;
  readonly domain?: string;
  readonly object?: string;
  /** ISO 8601. */
  readonly created?: string;
  readonly via?: string;
  readonly destination?: string;
  readonly payload?: string;
  readonly steps: readonly Step[];
}

const FACTS = ['account', 'object', 'via', 'destination', 'payload'] as const;

/** Where a dead letter about an event was put aside. */
export interface Parked {
  /** ISO 8601. */
  readonly parkedAt: string;
  readonly reason: string;
}

/**
 * Puts a ledger's rows of one event together with what the objects table shows of it.
 * @param rows at least one
 * @param objects rows of the object that the event is about
 * @param now Unix milliseconds
 * @param parked when a letter about it lies aside
 */
export function eventLife(
  rows: readonly LedgerRow[],
  objects: readonly ObjectRow[],
  now: number,
  parked?: Parked,
): EventLife {
  const publish = rows.find(({ stage }) => stage === 'publish');
  const [any] = rows;
  const type = publish?.type ?? any?.type;
  const domain = type === undefined ? undefined : (longestPrefix(canonicalType(type))?.domain ?? UNRECOGNIZED);
  const event = any?.event ?? '';
  const found = standingOf(rows, publish, isProjected(event, objects), now);
  const standing = found === 'failing' && parked !== undefined ? 'parked' : found;
  // A thin event can fail before it comes to its domain.
  const failed = rows.find(({ failedDomain }) => failedDomain !== undefined)?.failedDomain;
  return {
    event,
    standing,
    meaning: MEANINGS[standing](failed ?? domain ?? 'its domain', parked),
    ...(type === undefined ? {} : { type }),
    ...(domain === undefined ? {} : { domain }),
    ...factsOf(publish ?? any),
    ...(publish?.created === undefined ? {} : { created: new Date(publish.created).toISOString() }),
    steps: rows.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b))).map((row) => stepOf(row, now)),
  };
}

function isProjected(event: string, objects: readonly ObjectRow[]): boolean {
  return objects.some(({ recent }) => recent.includes(event));
}

function standingOf(
  rows: readonly LedgerRow[],
  publish: LedgerRow | undefined,
  projected: boolean,
  now: number,
): Standing {
  const resolve = rows.find(({ stage }) => stage === 'resolve');
  const later = rows.filter((row) => row !== publish && row !== resolve);
  if (publish !== undefined && publish.status !== 'done') {
    if ((publish.leaseUntil ?? 0) > now) return 'publishing';
    return publish.errorCode === undefined ? 'interrupted' : 'publish_failed';
  }
  if (rows.some(({ failedDomain }) => failedDomain !== undefined)) return 'failing';
  const isHandled = projected || later.some(({ status }) => status === 'done');
  if (publish?.payload === 'thin' && resolve?.status !== 'done' && !isHandled) {
    return (resolve?.leaseUntil ?? 0) > now ? 'resolving' : 'announced';
  }
  if (later.some(({ status }) => status === 'claimed')) return 'reacting';
  return isHandled ? 'handled' : 'published';
}

const MEANINGS: Readonly<Record<Standing, (domain: string, parked?: Parked) => string>> = {
  publishing: () => 'The ingress is publishing it right now.',
  interrupted: () => 'The ingress began to publish it and never said how that ended; Stripe sends it again.',
  publish_failed: () => 'It could not be published; Stripe sends it again.',
  announced: () =>
    'The notification is on the bus, and the resolver has not fetched its object yet: it waits in the queue thin.',
  resolving: () => 'The resolver is fetching its object right now.',
  published: (domain) =>
    `It is on the bus. Nothing shows yet that ${domain} handled it: it waits in the queue, its object is not kept, or more than ten events changed the object since.`,
  failing: (domain) => `Handling it failed: it is tried again, or in the DLQ. fanout dlq show ${domain} says why.`,
  parked: (domain, parked) =>
    `It was put aside at ${parked?.parkedAt}: ${parked?.reason}. fanout dlq unpark ${domain} sends it to the queue again.`,
  reacting: (domain) => `A reaction of ${domain} has begun and not ended.`,
  handled: (domain) => `${domain} has handled it.`,
};

function stepOf(row: LedgerRow, now: number): Step {
  const at = timeOf(row);
  const isLive = row.status === 'claimed' && (row.leaseUntil ?? 0) > now;
  return {
    stage: row.stage,
    status: row.status === 'claimed' ? (isLive ? 'in progress' : 'given back') : row.status,
    attempts: row.attempts,
    ...(at === '' ? {} : { at }),
    ...(row.errorCode === undefined ? {} : { error: `${row.errorCode}: ${row.errorMessage ?? ''}` }),
  };
}

function timeOf({ doneAt, failedAt, claimedAt }: LedgerRow): string {
  return doneAt ?? failedAt ?? claimedAt ?? '';
}

function factsOf(row: LedgerRow | undefined): Partial<Pick<EventLife, (typeof FACTS)[number]>> {
  return Object.fromEntries(FACTS.flatMap((name) => (row?.[name] === undefined ? [] : [[name, row[name]]])));
}
