import type { Clock } from '../ports/clock.ts';

export interface PacerPorts {
  readonly clock: Clock;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** A sender's own second is not the receiver's: requests do not all take the same time to arrive. */
const MARGIN = 1.1;

/**
 * A token bucket that holds one token and starts empty. So whoever makes one for each invocation, and bounds how many
 * invocations there are at once, bounds their requests in any second by the product, whichever instances they run on: a
 * fuller bucket would let each instance that takes over begin with a burst.
 */
export class Pacer {
  readonly #gapMs: number;
  readonly #ports: PacerPorts;
  #next: number;
  #last: Promise<void> = Promise.resolve();

  /** @param perSecond most passes a second, more than 0 */
  constructor(perSecond: number, ports: PacerPorts) {
    this.#gapMs = (MARGIN * 1_000) / perSecond;
    this.#ports = ports;
    this.#next = ports.clock.now() + this.#gapMs;
  }

  /**
   * Resolves when it is one's turn, in the order of asking.
   * @returns milliseconds that were waited
   * @throws what `sleep` throws when the signal aborts first; nobody's turn is lost by it
   */
  async turn(signal: AbortSignal): Promise<number> {
    const { clock, sleep } = this.#ports;
    const asked = clock.now();
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    try {
      await before;
      // A timer may fire early, and a hold may have come meanwhile.
      for (let left = this.#next - clock.now(); left > 0; left = this.#next - clock.now()) await sleep(left, signal);
      signal.throwIfAborted();
      this.#next = clock.now() + this.#gapMs;
    } finally {
      resolve();
    }
    return clock.now() - asked;
  }

  /** Lets nobody pass for a while who has not yet passed. */
  hold(ms: number): void {
    this.#next = Math.max(this.#next, this.#ports.clock.now() + ms);
  }
}
