import { on } from 'node:events';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { queueName } from '#shared/naming/resource-names.ts';
import { objectKey } from '#shared/projection/object-key.ts';
import type { Runtime } from '../running-pipeline.ts';
import type { DemoResult } from './demo-result.ts';
import type { PipelineClient } from './pipeline-client.ts';
import { redrive } from './redrive.ts';
import { rowName } from './row-name.ts';

export interface Surroundings {
  readonly runtime: Runtime;
  readonly client: PipelineClient;
  readonly stage: string;
  /** Real milliseconds until the demo ends, at least 1. */
  timeLeft(): number;
  /** Takes what failed and does not end the demo. */
  complain(thrown: unknown): void;
}

/**
 * Breaks the table under one reaction until its message lands in the DLQ, mends it, and redrives. The fault is at the
 * runtime's AWS endpoint: no product code knows of it.
 * @param event a failed payment of an invoice, to which a reaction writes a dunning entry
 * @returns zeros for what did not happen in time
 */
export async function deadLetterScenario(
  event: SnapshotEvent,
  { runtime, client, stage, timeLeft, complain }: Surroundings,
): Promise<DemoResult['deadLetters']> {
  const { faults, observations } = runtime;
  const object = `dunning:${event.data.object.id}`;
  const row = rowName({ object, scope: objectKey(event)?.scope ?? '' });
  const fault = faults.add({
    service: 'dynamodb',
    operation: 'PutItem',
    match: object,
    times: 'always',
    error: 'ProvisionedThroughputExceededException',
  });
  const parking = deadLettered(observations, queueName(stage, 'billing'), event.id, timeLeft());
  await client.send(event);
  const isParked = await parking;
  const isWritten = (await client.objectRows()).has(row);
  faults.remove(fault);
  if (!isParked || isWritten) return { parked: 0, redriven: 0, handledAfter: isWritten ? 1 : 0 };

  const redriven = await redrive('billing', runtime.url, timeLeft()).catch((thrown: unknown) => {
    complain(thrown);
    return 0;
  });
  await runtime.settled(timeLeft()).catch(complain);
  return { parked: 1, redriven, handledAfter: (await client.objectRows()).has(row) ? 1 : 0 };
}

/** @returns whether the queue gave the event's message up before the time was over */
async function deadLettered(
  observations: Runtime['observations'],
  queue: string,
  eventId: string,
  timeoutMs: number,
): Promise<boolean> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    for await (const [message] of on(observations, 'dead-lettered', { signal })) {
      if (message.queue === queue && message.body.includes(eventId)) return true;
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
  return false;
}
