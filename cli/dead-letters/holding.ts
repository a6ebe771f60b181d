import type { DeadLetter } from '#shared/operations/dead-letter.ts';
import type { OperatorQueues } from '#shared/operations/operator-queues.ts';

/** SQS gives at most this many messages at once. */
const BATCH = 10;

export interface HoldingOptions {
  readonly queues: OperatorQueues;
  readonly url: string;
  /** Seconds a message is hidden once received: after a crash it comes back by itself, later than that it is taken again. */
  readonly hideSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * Messages taken out of sight and not deleted. SQS has no peek: to see the second message one has to hold the first.
 * Whatever happens to this process, each comes back when its time is over.
 */
export class Holding {
  readonly #options: HoldingOptions;
  readonly #held = new Map<string, string>();
  readonly #seen = new Set<string>();

  constructor(options: HoldingOptions) {
    this.#options = options;
  }

  /**
   * Gives each message once, batch by batch, until nothing new is visible or the signal aborts.
   * @param max most messages of one batch, 1 to 10
   */
  async *batches(max = BATCH): AsyncGenerator<readonly DeadLetter[]> {
    const { queues, url, hideSeconds, signal } = this.#options;
    let withoutNew = 0;
    while (!signal.aborted) {
      const received = await queues.receive(url, Math.min(max, BATCH), hideSeconds);
      if (received.length === 0) return;
      const fresh = received.filter(({ messageId }) => !this.#seen.has(messageId));
      for (const { messageId, receiptHandle } of received) {
        this.#seen.add(messageId);
        this.#held.set(messageId, receiptHandle);
      }
      // What came back into sight is hidden again by having been received; the new ones may stand behind it.
      withoutNew = fresh.length > 0 ? 0 : withoutNew + 1;
      if (withoutNew > this.#held.size / max + 2) return;
      if (fresh.length > 0) yield fresh;
    }
  }

  /** The message is gone from the queue: nothing is to be put back. */
  forget({ messageId }: DeadLetter): void {
    this.#held.delete(messageId);
  }

  /** Puts back all that is held, at once instead of when its time is over. */
  async putBack(): Promise<void> {
    const handles = [...this.#held.values()];
    this.#held.clear();
    await this.#options.queues.putBack(this.#options.url, handles);
  }
}
