import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { isRecord } from '#shared/event/stripe-event.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { FunctionFailed } from './function-failed.ts';

/**
 * Keeps a thread small: a young generation of 4 MB and an old one of 64 MB hold a handler and its clients with room to
 * spare, and V8 would otherwise let each grow.
 */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 };

/** Takes each line a function writes, and where one was written by its code, in which invocation. */
export type LogSink = (functionName: string, line: string, requestId?: string) => void;

/** One execution environment: a thread with the function's code loaded, for one invocation at a time. */
export class FunctionWorker {
  readonly definition: FunctionDefinition;
  /** Resolves when the code is loaded. */
  readonly ready: Promise<void>;
  #worker: Worker;
  #ended = false;
  #requestId: string | undefined;
  #fail: (error: FunctionFailed) => void = () => undefined;
  #settle: (answer: unknown) => void = () => undefined;

  constructor(definition: FunctionDefinition, log: LogSink) {
    this.definition = definition;
    const { name, arn, exportName, memory, environment } = definition;
    this.#worker = new Worker(new URL('./worker.mjs', import.meta.url), {
      name,
      env: { ...environment },
      workerData: { file: pathToFileURL(definition.file).href, exportName, name, arn, memory },
      resourceLimits: RESOURCE_LIMITS,
      // What a terminal or a test runner was started with is not the function's.
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    // What the runtime below the code says; the code's own lines come as messages.
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      createInterface({ input: stream }).on('line', (line) => log(name, line));
    }
    this.ready = this.#answer().then(() => undefined);
    // An init failure is reported by whoever waits for `ready`; nobody may be waiting when a worker is ended.
    this.ready.catch(() => undefined);
    this.#worker.on('message', (message) => {
      if (!isWritten(message)) this.#settle(message);
      else for (const line of message.written.split('\n')) if (line !== '') log(name, line, this.#requestId);
    });
    this.#worker.once('error', (error) => this.#fail(new FunctionFailed(error.name, error.message)));
    this.#worker.once('exit', () => {
      this.#ended = true;
      this.#fail(new FunctionFailed('Runtime.ExitError', `${name} ended before it answered.`));
    });
  }

  /** The thread is gone: it crashed, timed out or was ended. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Runs the handler once.
   * @param event JSON text
   * @returns the result as JSON text; `undefined` when the handler returned nothing
   * @throws {FunctionFailed} the handler threw, the thread ended, or the function's timeout is over
   */
  async invoke(requestId: string, event: string): Promise<string | undefined> {
    const { timeout, name } = this.definition;
    if (this.#ended) throw new FunctionFailed('Runtime.ExitError', `${name} ended before it was invoked.`);
    this.#requestId = requestId;
    const answer = this.#answer();
    const timer = setTimeout(() => {
      this.#fail(new FunctionFailed('Sandbox.Timedout', `${name}: task timed out after ${timeout} seconds.`));
      void this.end();
    }, timeout * 1000);
    try {
      this.#worker.postMessage({ requestId, deadline: Date.now() + timeout * 1000, event });
      return readAnswer(await answer);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the thread at once, whatever it is doing. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#worker.terminate();
  }

  #answer(): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#settle = resolve;
    this.#fail = reject;
    return promise;
  }
}

function isWritten(message: unknown): message is { readonly written: string } {
  return isRecord(message) && typeof message.written === 'string';
}

function readAnswer(answer: unknown): string | undefined {
  if (!isRecord(answer)) throw new FunctionFailed('Runtime.Unknown', 'The worker answered nothing.');
  if (isRecord(answer.error)) throw new FunctionFailed(String(answer.error.type), String(answer.error.message));
  return typeof answer.result === 'string' ? answer.result : undefined;
}
