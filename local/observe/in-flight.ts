import type { Observations } from './observations.ts';

/** Counts work that has begun and not ended: requests, deliveries, invocations. */
export class InFlight {
  readonly #observations: Observations;
  readonly #counts = new Map<string, number>();

  constructor(observations: Observations) {
    this.#observations = observations;
  }

  /** Counts `work` under a name until it settles. */
  async during<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#counts.set(name, this.count(name) + 1);
    try {
      return await work();
    } finally {
      this.#counts.set(name, this.count(name) - 1);
      this.#observations.emit('changed');
    }
  }

  count(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** What is going on, in words; empty when nothing is. */
  describe(): string[] {
    return [...this.#counts].flatMap(([name, count]) => (count > 0 ? [`${count} × ${name}`] : []));
  }
}
