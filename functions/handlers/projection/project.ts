import { PipelineError } from '#shared/errors/pipeline-error.ts';
import { PayloadLost } from '#shared/errors/store-errors.ts';
import { objectKey } from '#shared/projection/object-key.ts';
import { type ObjectRow, type ObjectState, RECENT_EVENTS } from '#shared/projection/object-row.ts';
import type { OpenedEvent } from '../open-message.ts';
import type { HandlerPorts } from '../ports.ts';
import { join } from './join.ts';
import { storedKeys, withoutLargeTexts, withTexts } from './large-bodies.ts';
import { readSighting } from './read-sighting.ts';

/** What became of an event's object in the objects table. */
export type Projected = 'written' | 'ambiguous' | 'unchanged' | 'unprojectable' | 'off';

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
 * @throws {ObjectsUnavailable | ObjectContended | PayloadLost | PayloadStoreUnavailable}
 */
export async function project(ports: HandlerPorts, opened: OpenedEvent, signal: AbortSignal): Promise<Projected> {
  if (ports.projection === 'off') return 'off';
  const key = objectKey(opened.event);
  if (key === undefined) return 'unprojectable';
  const incoming = readSighting(opened, key, ports.projection);

  const put = new Set<string>();
  let row: ObjectRow | undefined;
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    row = await ports.objects.read(key, signal);
    const forgets = incoming.redacts || incoming.lasting;
    const state = forgets
      ? row
      : await comparable(row, incoming.asOf, ports, signal).catch((error: unknown) => {
          // Another handler may just have taken the body away with the state it belonged to: then the row is new.
          if (error instanceof PayloadLost && round < MAX_ROUNDS) return 'changed' as const;
          throw error;
        });
    if (state === 'changed') continue;

    const joined = join(state, incoming);
    if (joined === undefined) {
      await erase(ports, [...put], row, signal);
      return 'unchanged';
    }
    // What must be forgotten goes first: after the write, a failure in between would leave it in the store for good.
    if (forgets) await erase(ports, storedKeys(row), joined, signal);
    const next = await withoutLargeTexts(joined, key, ports, signal);
    for (const stored of storedKeys(next)) put.add(stored);
    const written: ObjectRow = {
      ...key,
      ...next,
      version: (row?.version ?? 0) + 1,
      recent: [...(row?.recent ?? []).filter((id) => id !== opened.event.id), opened.event.id].slice(-RECENT_EVENTS),
      updatedAt: new Date(ports.clock.now()).toISOString(),
    };
    if (await ports.objects.write(written, signal)) {
      await erase(ports, [...storedKeys(row), ...put], written, signal);
      return next.ambiguous ? 'ambiguous' : 'written';
    }
  }
  throw new ObjectContended(
    `The row of ${key.object} (${key.scope}) changed ${MAX_ROUNDS} times while it was written.`,
  );
}

async function comparable(row: ObjectRow | undefined, asOf: number, ports: HandlerPorts, signal: AbortSignal) {
  return row !== undefined && row.asOf === asOf ? withTexts(row, ports, signal) : row;
}

/** Takes away what no row refers to any more; a redaction must leave nothing behind. */
async function erase(ports: HandlerPorts, keys: readonly string[], kept: ObjectState | undefined, signal: AbortSignal) {
  const referred = storedKeys(kept);
  for (const key of new Set(keys)) if (!referred.includes(key)) await ports.payloads.erase(key, signal);
}
