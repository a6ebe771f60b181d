import { handleBatch } from '#functions/handlers/handle-batch.ts';
import type { HandlerPorts } from '#functions/handlers/ports.ts';
// What a handler loads on first use: between two steps the explorer waits for promises, and not for files.
import '#functions/handlers/projection/present-state-request.ts';
import type { Reactions } from '#functions/handlers/reaction.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import type { SqsBatch } from '#shared/queues/batch.ts';
import type { Actor } from './actor.ts';
import type { Sabotage } from './sabotage.ts';
import type { Simulation } from './simulation.ts';
import { steppedLedger } from './stepped-ledger.ts';
import type { SteppedObjects } from './stepped-objects.ts';
import { steppedQueue, TIMEOUT_MS } from './stepped-queue.ts';

/** What differs from program to program. */
type Settings = Pick<HandlerPorts, 'projection' | 'freshness' | 'refreshes' | 'failures' | 'messages'>;

export interface HandlerWorld extends Partial<Settings> {
  readonly simulation: Simulation;
  readonly sabotage: Sabotage;
  readonly objects: SteppedObjects;
  readonly telemetry: Telemetry;
  readonly reactions?: Reactions;
}

/** One receive of a message by its domain's handler, up to its answer. @returns whether the message is done with */
export async function handleRecord(
  world: HandlerWorld,
  actor: Actor,
  record: SqsBatch['Records'][number],
): Promise<boolean> {
  const ports = portsOf(world, actor);
  const used = world.sabotage.handler?.(ports) ?? ports;
  const { batchItemFailures } = await handleBatch(used, world.reactions ?? {}, { Records: [record] }, TIMEOUT_MS);
  return batchItemFailures.length === 0;
}

function portsOf(world: HandlerWorld, actor: Actor): HandlerPorts {
  const { simulation, sabotage, objects, reactions: _, ...settings } = world;
  const notUsed = () => Promise.reject(new Error('no large object and no row of a team is simulated'));
  return {
    domain: 'billing',
    projection: 'off',
    freshness: 'event',
    refreshes: { ask: () => Promise.reject(new Error('one event ties with nothing')) },
    retrySchedule: [60],
    maxReceiveCount: 5,
    ...steppedQueue(actor),
    teamRows: { put: notUsed },
    payloads: { put: notUsed, get: notUsed, erase: notUsed },
    clock: actor.clock,
    ...settings,
    objects: objects.store(actor),
    ledgerWith: (leaseMs) => {
      const ledger = steppedLedger(simulation, actor, leaseMs, sabotage.rules);
      return sabotage.ledger?.(ledger) ?? ledger;
    },
  };
}
