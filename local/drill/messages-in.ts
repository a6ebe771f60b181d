import type { Runtime } from '../running-pipeline.ts';

/** All messages of a queue, hidden ones too. */
export function messagesIn(runtime: Runtime, queue: string): number {
  const { visible = 0, inFlight = 0, delayed = 0 } = runtime.queueDepths()[queue] ?? {};
  return visible + inFlight + delayed;
}
