import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../faults/faults.ts';
import { withFaults } from '../faults/with-faults.ts';
import type { AccessControl } from '../iam/access-control.ts';
import type { Message } from '../sqs/message.ts';
import type { Queues } from '../sqs/queues.ts';
import type { TimeScale } from '../time-scale.ts';
import { demandRights } from './demand-rights.ts';
import type { EventSource } from './event-source.ts';
import { failedMessages } from './failed-messages.ts';
import type { FunctionWorker } from './function-worker.ts';
import type { LambdaHost } from './lambda-host.ts';
import { PAYLOAD_LIMIT } from './payload-limit.ts';
import { splitBySize } from './split-by-size.ts';
import { toSqsRecord } from './sqs-event.ts';

/** SQS gives at most this many messages a receive. */
const MAX_RECEIVE = 10;
/** How long one wait for messages lasts; any length would do in one process. */
const POLL_MS = 20_000;
/** Pause after an error of the queue itself, so that an outage is not polled in a tight loop. */
const PAUSE_AFTER_ERROR_MS = 100;

export interface PollerPorts {
  readonly queues: Queues;
  readonly host: LambdaHost;
  readonly faults: Faults;
  readonly access: AccessControl;
  readonly scale: TimeScale;
}

/** Drains one queue into its function, as many batches at a time as its source says, until it is disabled or stopped. */
export class Poller {
  readonly source: EventSource;
  readonly #ports: PollerPorts;
  #polling: AbortController | undefined;
  #loop: Promise<unknown> = Promise.resolve();

  constructor(source: EventSource, ports: PollerPorts) {
    this.source = source;
    this.#ports = ports;
  }

  get enabled(): boolean {
    return this.#polling !== undefined;
  }

  start(): void {
    if (this.#polling) return;
    const polling = new AbortController();
    this.#polling = polling;
    // After the batch that a stopped loop may still be settling.
    const pollers = () => Array.from({ length: this.source.concurrency }, () => this.#poll(polling.signal));
    this.#loop = this.#loop.then(() => Promise.all(pollers()));
  }

  /** Takes no more messages. The batch being worked on is still settled; nobody has to wait for that. */
  stop(): void {
    this.#polling?.abort();
    this.#polling = undefined;
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const { queue, function: definition, window } = this.source;
    while (!signal.aborted) {
      await queue.waitForMessage(POLL_MS, signal);
      if (signal.aborted || queue.depth().visible === 0) continue;
      await this.#fillUp(window, signal);
      // A worker first, so that no message's visibility runs while its function starts or waits for its turn.
      const worker = await this.#ports.host.pool.acquire(definition).catch(() => undefined);
      if (worker) {
        await this.#drainOnce(worker, signal);
        this.#ports.host.pool.release(worker);
      } else {
        await this.#failBatch();
      }
    }
  }

  /** Waits for more messages as long as the batching window allows. */
  async #fillUp(window: number, signal: AbortSignal): Promise<void> {
    const { queue, batchSize } = this.source;
    const deadline = Date.now() + this.#ports.scale.wait(window);
    while (Date.now() < deadline && queue.depth().visible < batchSize && !signal.aborted) {
      await sleep(Math.min(20, deadline - Date.now()), undefined, { ref: false });
    }
  }

  async #drainOnce(worker: FunctionWorker, signal: AbortSignal): Promise<void> {
    const { queue } = this.source;
    const messages = signal.aborted ? [] : await this.#receive();
    const since = Date.now();
    // AWS's visibility outlasts the invocation, and so must a scaled one: else what waits its turn would come twice.
    const handles = messages.flatMap(({ handle }) => handle ?? []);
    for (const handle of handles) queue.hold(handle);
    const records = messages.map((message) => toSqsRecord(message, queue.arn));
    for (const part of splitBySize(records, PAYLOAD_LIMIT)) {
      // Each part is an invocation of its own; one that fails is tried again by the queue.
      await this.#invoke(worker, part).catch(() => undefined);
    }
    const visibility = this.#ports.scale.visibility(Number(queue.attributes.get('VisibilityTimeout')));
    const left = Math.max(0, visibility - (Date.now() - since));
    for (const handle of handles) queue.letGo(handle, left);
  }

  async #receive(): Promise<Message[]> {
    const { queue, batchSize } = this.source;
    const { queues, faults, access } = this.#ports;
    const batch: Message[] = [];
    while (batch.length < batchSize) {
      const max = Math.min(MAX_RECEIVE, batchSize - batch.length);
      const receive = () => {
        demandRights(this.source, access, ['sqs:ReceiveMessage', 'sqs:GetQueueAttributes']);
        return queues.receive(queue, max);
      };
      const received = await withFaults(faults, 'sqs', 'ReceiveMessage', () => queue.url, receive).catch(
        pauseAfterError,
      );
      batch.push(...received);
      if (received.length < max) break;
    }
    return batch;
  }

  /** What is not deleted stays hidden until its visibility timeout is over: that is the retry. */
  async #invoke(worker: FunctionWorker, records: readonly ReturnType<typeof toSqsRecord>[]): Promise<void> {
    const { queue, reportsFailures } = this.source;
    const result = await this.#ports.host.invokeOn(worker, JSON.stringify({ Records: records }));
    const ids = records.map(({ messageId }) => messageId);
    const failed = reportsFailures ? failedMessages(result, ids) : new Set<string>();
    const done = records.filter(({ messageId }) => !failed.has(messageId));
    if (done.length === 0) return;
    const deleteAll = () => {
      demandRights(this.source, this.#ports.access, ['sqs:DeleteMessage']);
      for (const { receiptHandle } of done) if (receiptHandle) queue.delete(receiptHandle);
    };
    const text = () => `${queue.url}\n${done.map(({ body }) => body).join('\n')}`;
    await withFaults(this.#ports.faults, 'sqs', 'DeleteMessageBatch', text, deleteAll);
  }

  /** A function whose code does not load fails the batch like one that throws: each try counts as a receive. */
  async #failBatch(): Promise<void> {
    if (this.enabled) await this.#receive();
  }
}

async function pauseAfterError(): Promise<Message[]> {
  await sleep(PAUSE_AFTER_ERROR_MS, undefined, { ref: false });
  return [];
}
