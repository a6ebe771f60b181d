/** Divides the waiting of queues and the bus by a factor, never the clock that functions see. */
export class TimeScale {
  readonly #factor: number;

  /** @param factor 1 for real time, up to 3,600 */
  constructor(factor: number) {
    if (!(factor >= 1 && factor <= 3600)) {
      throw new RangeError(`The time scale is ${factor}; a number from 1 to 3600 was expected.`);
    }
    this.#factor = factor;
  }

  /** @returns milliseconds to wait for that many seconds of AWS's time; may be 0 */
  wait(seconds: number): number {
    return Math.round((seconds * 1000) / this.#factor);
  }

  /**
   * How long a received message is hidden: never less than two seconds (or what was asked for, where that is shorter),
   * because whoever received it works in real time and would see it twice.
   */
  visibility(seconds: number): number {
    return Math.max(this.wait(seconds), Math.min(2, seconds) * 1000);
  }
}
