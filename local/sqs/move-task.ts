import type { Message } from './message.ts';
import { newMessage } from './new-message.ts';
import type { Queue } from './queue.ts';

export type MoveTaskStatus = 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';

export interface MoveTaskOptions {
  readonly source: Queue;
  /** Where each message goes; `undefined` when that cannot be told. */
  readonly destinationOf: (message: Message) => Queue | undefined;
  /** Messages a second; as many as possible when not given. Never scaled: it protects real consumers. */
  readonly rate: number | undefined;
}

/** One redrive: moves what is in a DLQ when it starts, message by message, as new messages. */
export class MoveTask {
  readonly startedAt = Date.now();
  readonly toMove: number;
  readonly #options: MoveTaskOptions;
  moved = 0;
  status: MoveTaskStatus = 'RUNNING';
  failureReason: string | undefined;

  constructor(options: MoveTaskOptions) {
    this.#options = options;
    this.toMove = options.source.depth().visible;
  }

  /** Resolves when the task has ended, whichever way. */
  async run(): Promise<void> {
    const { source, rate } = this.#options;
    while (this.moved < this.toMove && this.status === 'RUNNING') {
      const message = source.shift();
      if (!message) break;
      if (!this.#move(message)) return;
      if (this.moved < this.toMove) await pause(rate === undefined ? 0 : 1000 / rate);
    }
    this.status = this.status === 'RUNNING' ? 'COMPLETED' : 'CANCELLED';
  }

  /** What has been moved stays moved. */
  cancel(): void {
    if (this.status === 'RUNNING') this.status = 'CANCELLING';
  }

  #move(message: Message): boolean {
    const { source, destinationOf } = this.#options;
    const destination = destinationOf(message);
    if (!destination) {
      source.enqueue(message);
      this.status = 'FAILED';
      this.failureReason = 'CouldNotDetermineMessageSource';
      return false;
    }
    // A new message id and send time, as SQS does it.
    destination.enqueue(newMessage(message.body, message.attributes, message.traceHeader, message.group));
    this.moved += 1;
    return true;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (ms === 0) setImmediate(resolve);
    else setTimeout(resolve, ms).unref();
  });
}
