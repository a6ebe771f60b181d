import type { FunctionDefinition } from './function-definition.ts';
import { FunctionFailed } from './function-failed.ts';
import { FunctionWorker, type LogSink } from './function-worker.ts';

/** How many workers a function may have, and whether they count towards the shared limit. */
export interface WorkerQuota {
  readonly max: number;
  /** Kept warm for good, outside the shared limit: what answers HTTP requests. */
  readonly reserved: boolean;
}

interface Waiting {
  readonly definition: FunctionDefinition;
  readonly resolve: (worker: FunctionWorker) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The execution environments of all functions. They start on demand; of those not reserved at most `sharedLimit` live at
 * a time, and the one idle for longest makes room: 25 warm threads would take 400 MB.
 */
export class WorkerPool {
  readonly #quotaOf: (name: string) => WorkerQuota;
  readonly #sharedLimit: number;
  readonly #log: LogSink;
  /** In the order of their last use. */
  readonly #idle = new Set<FunctionWorker>();
  readonly #all = new Set<FunctionWorker>();
  readonly #waiting: Waiting[] = [];
  #stopped = false;

  constructor(quotaOf: (name: string) => WorkerQuota, sharedLimit: number, log: LogSink) {
    this.#quotaOf = quotaOf;
    this.#sharedLimit = sharedLimit;
    this.#log = log;
  }

  /**
   * Takes a worker with its code loaded; others wait their turn. It must be given back.
   * @throws {FunctionFailed} the function's code does not load
   */
  async acquire(definition: FunctionDefinition): Promise<FunctionWorker> {
    const { promise, resolve, reject } = Promise.withResolvers<FunctionWorker>();
    this.#waiting.push({ definition, resolve, reject });
    this.#pump();
    const worker = await promise;
    try {
      await worker.ready;
      return worker;
    } catch (thrown) {
      void worker.end();
      this.release(worker);
      throw thrown;
    }
  }

  release(worker: FunctionWorker): void {
    if (worker.ended) this.#all.delete(worker);
    else this.#idle.add(worker);
    this.#pump();
  }

  /** Ends a function's workers, also in the middle of their work. The next invocation starts a new one. */
  async kill(name: string): Promise<void> {
    const workers = [...this.#all].filter(({ definition }) => definition.name === name);
    await Promise.all(workers.map((worker) => this.#end(worker)));
    this.#pump();
  }

  get size(): number {
    return this.#all.size;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.endAll();
  }

  /** Ends all workers in the middle of their work, and the waiting for one; new ones start on demand. */
  async endAll(): Promise<void> {
    for (const { reject } of this.#waiting.splice(0))
      reject(new FunctionFailed('Runtime.Stopped', 'The runtime stopped.'));
    await Promise.all([...this.#all].map((worker) => this.#end(worker)));
  }

  /** Serves whoever can be served, in the order of their waiting. */
  #pump(): void {
    for (const waiting of [...this.#waiting]) {
      const worker = this.#stopped ? undefined : this.#find(waiting.definition);
      if (!worker) continue;
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.resolve(worker);
    }
  }

  #find(definition: FunctionDefinition): FunctionWorker | undefined {
    for (const worker of this.#idle) if (worker.ended) this.#drop(worker);
    for (const worker of this.#idle) {
      if (worker.definition.name !== definition.name) continue;
      this.#idle.delete(worker);
      return worker;
    }
    const { max, reserved } = this.#quotaOf(definition.name);
    const own = [...this.#all].filter((worker) => worker.definition.name === definition.name).length;
    if (own >= max || (!reserved && !this.#makeRoom())) return undefined;
    const worker = new FunctionWorker(definition, this.#log);
    this.#all.add(worker);
    return worker;
  }

  /** @returns whether one more shared worker may live, if need be in place of an idle one */
  #makeRoom(): boolean {
    const shared = [...this.#all].filter((worker) => this.#isShared(worker));
    if (shared.length < this.#sharedLimit) return true;
    const oldest = [...this.#idle].find((worker) => this.#isShared(worker));
    if (!oldest) return false;
    void this.#end(oldest);
    return true;
  }

  #isShared({ definition }: FunctionWorker): boolean {
    return !this.#quotaOf(definition.name).reserved;
  }

  #drop(worker: FunctionWorker): void {
    this.#idle.delete(worker);
    this.#all.delete(worker);
  }

  async #end(worker: FunctionWorker): Promise<void> {
    this.#drop(worker);
    await worker.end();
  }
}
