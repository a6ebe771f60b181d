import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds in a second. */
const SECOND = 1_000;

/** Lets one pass at a time, with no less than 1/`rate` seconds from one to the next, however late one was. */
export class Pacer {
  readonly #gap: number;
  #next = 0;

  /** @param rate passes a second */
  constructor(rate: number) {
    this.#gap = SECOND / rate;
  }

  /** Resolves when it is one's turn, or at once when the signal aborts. For one caller after the other. */
  async turn(signal: AbortSignal): Promise<void> {
    // A timer may fire a little early.
    for (let left = this.#next - performance.now(); left > 0; left = this.#next - performance.now()) {
      if (signal.aborted) return;
      await sleep(left, undefined, { signal }).catch(() => undefined);
    }
    this.#next = performance.now() + this.#gap;
  }
}
