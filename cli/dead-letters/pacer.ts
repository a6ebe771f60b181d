import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds in a second. */
const SECOND = 1_000;

/** Lets one pass at a time, at most `rate` in any second. */
export class Pacer {
  readonly #gap: number;
  #next = 0;

  /** @param rate passes a second */
  constructor(rate: number) {
    this.#gap = SECOND / rate;
  }

  /** Resolves when it is one's turn, or at once when the signal aborts. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#gap;
    // A timer may fire a little early; the next turn counts from its own due time, so that the rate still holds.
    if (at > now) await sleep(at - now, undefined, { signal }).catch(() => undefined);
  }
}
