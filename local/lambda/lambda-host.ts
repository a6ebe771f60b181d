import { randomUUID } from 'node:crypto';
import type { InFlight } from '../observe/in-flight.ts';
import type { Observations } from '../observe/observations.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { FunctionWorker, LogSink } from './function-worker.ts';
import { platformReport } from './platform-report.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Invokes functions. */
export class LambdaHost {
  readonly pool: WorkerPool;
  readonly #observations: Observations;
  readonly #inFlight: InFlight;
  readonly #log: LogSink;

  constructor(pool: WorkerPool, observations: Observations, inFlight: InFlight, log: LogSink) {
    this.pool = pool;
    this.#observations = observations;
    this.#inFlight = inFlight;
    this.#log = log;
  }

  /**
   * Invokes a function when one of its workers is free.
   * @param payload makes the event's JSON text, once there is a worker to take it
   * @returns the result's JSON text
   * @throws {FunctionFailed}
   */
  async invoke(definition: FunctionDefinition, payload: () => string): Promise<string | undefined> {
    const worker = await this.pool.acquire(definition);
    try {
      return await this.invokeOn(worker, payload());
    } finally {
      this.pool.release(worker);
    }
  }

  /** Invokes a function on a worker that the caller has acquired and will release. */
  async invokeOn(worker: FunctionWorker, payload: string): Promise<string | undefined> {
    const requestId = randomUUID();
    const started = performance.now();
    const report = (error: string | undefined) => {
      const durationMs = performance.now() - started;
      const ok = error === undefined;
      const { name } = worker.definition;
      this.#observations.emit('invoked', { function: name, requestId, payload, ok, durationMs, error });
    };
    return await this.#inFlight.during('invocations', async () => {
      try {
        const result = await worker.invoke(requestId, payload);
        report(undefined);
        return result;
      } catch (thrown) {
        report(thrown instanceof Error ? thrown.message : String(thrown));
        this.#log(worker.definition.name, platformReport(requestId, performance.now() - started, thrown));
        throw thrown;
      }
    });
  }
}
