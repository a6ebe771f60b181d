import type { InFlight } from '../observe/in-flight.ts';
import type { Observations } from '../observe/observations.ts';
import type { EventSource } from './event-source.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { LogSink } from './function-worker.ts';
import { LambdaHost } from './lambda-host.ts';
import { WorkerPool } from './worker-pool.ts';

/** Workers of a function that nobody calls. */
const OTHER_WORKERS = 1;

export interface HostOptions {
  /** The queues' functions have a worker for each batch at once. */
  readonly sources: readonly EventSource[];
  readonly observations: Observations;
  readonly inFlight: InFlight;
  /** Workers of a function behind an HTTP route. */
  readonly requestWorkers: number;
  /** Live workers of all functions without a route together. */
  readonly warmHandlers: number;
  readonly log: LogSink;
}

/** A host that gives functions behind HTTP routes workers of their own, and lets all others share a few. */
export function hostFor(routed: ReadonlySet<FunctionDefinition>, options: HostOptions): LambdaHost {
  const names = new Set([...routed].map(({ name }) => name));
  const batchesOf = (name: string) =>
    options.sources.reduce((sum, { function: own, concurrency }) => sum + (own.name === name ? concurrency : 0), 0);
  const quotaOf = (name: string) => ({
    max: names.has(name) ? options.requestWorkers : Math.max(OTHER_WORKERS, batchesOf(name)),
    reserved: names.has(name),
  });
  const pool = new WorkerPool(quotaOf, options.warmHandlers, options.log);
  return new LambdaHost(pool, options.observations, options.inFlight, options.log);
}
