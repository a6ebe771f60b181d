import { PipelineError } from '#shared/errors/pipeline-error.ts';
import { PayloadLost } from '#shared/errors/store-errors.ts';
import { type ObjectKey, objectKey } from '#shared/projection/object-key.ts';
import { type ObjectRow, type ObjectState, RECENT_EVENTS } from '#shared/projection/object-row.ts';
import type { OpenedEvent } from '../open-message.ts';
import type { HandlerPorts } from '../ports.ts';
import { eraseLeftovers } from './erase-leftovers.ts';
import { type Incoming, join } from './join.ts';
import { possibleKeys, storedKeys, withoutLargeTexts, withTexts } from './large-bodies.ts';
import { readSighting } from './read-sighting.ts';

/** What became of an event's object in the objects table. */
export interface Projection {
  readonly outcome: 'written' | 'ambiguous' | 'unchanged' | 'missing' | 'unprojectable' | 'off';
  /** As it stands now; absent where nothing is kept of the object. */
  readonly row?: ObjectRow;
}

/** Rounds against handlers that write the same row at the same time; each round, one of them gets through. */
const MAX_ROUNDS = 15;

/** Too many handlers write one row at once. */
export class ObjectContended extends PipelineError {
  readonly code = 'object_contended';
  readonly disposition = 'retry';
  readonly remedy = 'It is tried again. If it lasts, lower the concurrency of the domain.';
}

/**
 * Brings the latest known state of an event's object up to date: reads the row, adds what the event says, writes if
 * nobody else has written since, and starts again otherwise. The same event again changes nothing.
 *
 * A row stops referring to a body, and names it as one to be erased, before the body goes: a crash at any point leaves
 * neither a row that points to nothing nor a body that nobody knows of.
 * @throws {ObjectsUnavailable | ObjectContended | PayloadLost | PayloadStoreUnavailable}
 */
export async function project(ports: HandlerPorts, opened: OpenedEvent, signal: AbortSignal): Promise<Projection> {
  if (ports.projection === 'off') return { outcome: 'off' };
  // Stripe did not find it, which is no deletion: what is known of it stays.
  if (opened.event.fanout.missing) return { outcome: 'missing' };
  const key = objectKey(opened.event);
  if (key === undefined) return { outcome: 'unprojectable' };
  const incoming = readSighting(opened, key, ports.projection);

  const put = new Set<string>();
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const row = await ports.objects.read(key, signal);
    const state = await comparable(row, incoming, ports, signal).catch((error: unknown) => {
      // Another handler may just have taken the body away with the state it belonged to: then the row is new.
      if (error instanceof PayloadLost && round < MAX_ROUNDS) return 'changed' as const;
      throw error;
    });
    if (state === 'changed') continue;

    const joined = join(state, incoming);
    if (joined === undefined) {
      await eraseLeftovers(ports, row, [...put, ...forgotten(row, incoming, key, ports)], signal);
      return { outcome: 'unchanged', ...(row && { row }) };
    }
    const next = await withoutLargeTexts(joined, key, ports, signal);
    for (const stored of storedKeys(next)) put.add(stored);
    const written: ObjectRow = {
      ...key,
      ...next,
      version: (row?.version ?? 0) + 1,
      recent: [...(row?.recent ?? []).filter((id) => id !== opened.event.id), opened.event.id].slice(-RECENT_EVENTS),
      erasing: leftBehind(row, next, incoming, key, ports),
      updatedAt: new Date(ports.clock.now()).toISOString(),
    };
    if (await ports.objects.write(written, signal)) {
      await eraseLeftovers(ports, written, [...put], signal);
      return { outcome: next.ambiguous ? 'ambiguous' : 'written', row: written };
    }
  }
  throw new ObjectContended(
    `The row of ${key.object} (${key.scope}) changed ${MAX_ROUNDS} times while it was written.`,
  );
}

/** The row's state as `join` needs it: only events of the same time are compared, and what forgets compares nothing. */
async function comparable(
  row: ObjectRow | undefined,
  { asOf, redacts, lasting }: Incoming,
  ports: HandlerPorts,
  signal: AbortSignal,
): Promise<ObjectState | undefined> {
  const isTie = row?.asOf === asOf && !redacts && !lasting;
  return row !== undefined && isTie ? withTexts(row, ports, signal) : row;
}

/** Bodies of the row as it was that its next state does not refer to. */
function leftBehind(
  row: ObjectRow | undefined,
  next: ObjectState,
  { redacts, lasting }: Incoming,
  key: ObjectKey,
  { domain }: HandlerPorts,
): readonly string[] {
  if (row === undefined) return [];
  const sightings = redacts || lasting ? [row.current, ...row.rivals] : [];
  const held = [...row.erasing, ...storedKeys(row), ...possibleKeys({ asOf: row.asOf, sightings }, key, domain)];
  const referred = storedKeys(next);
  return [...new Set(held)].filter((stored) => !referred.includes(stored));
}

/** What an earlier try of this event may have put into the store, where by now nothing of its object may be kept. */
function forgotten(
  row: ObjectRow | undefined,
  { asOf, sighting }: Incoming,
  key: ObjectKey,
  { domain }: HandlerPorts,
): readonly string[] {
  const forgets = row !== undefined && (row.tombstone || row.redactedAt !== undefined);
  return forgets ? possibleKeys({ asOf, sightings: [sighting] }, key, domain) : [];
}
