import type { Played, Task } from './task.ts';

/** What all tasks of a run came to. */
export class Tally {
  /** By program and number of deliveries. */
  readonly #schedules = new Map<string, number>();
  readonly #cutShort = new Set<string>();
  #broken = 0;
  #planted = 0;
  #found = 0;

  count({ how, program, bounds }: Task, { bug, explored }: Played): void {
    const { finding, exhausted, schedules } = explored;
    if (bug !== undefined) {
      this.#planted += 1;
      if (finding !== undefined) this.#found += 1;
      return;
    }
    // With more faults, the schedules with fewer come again.
    const key = `${program} ${bounds.deliveries}`;
    this.#schedules.set(key, Math.max(this.#schedules.get(key) ?? 0, schedules));
    if (finding !== undefined) this.#broken += 1;
    else if (how === 'in order' && !exhausted) this.#cutShort.add(`${program} with ${bounds.faults} faults`);
  }

  get kept(): boolean {
    return this.#broken === 0 && this.#found === this.#planted;
  }

  /** The last line of a run. */
  summary(programs: number, seconds: number): string {
    const total = [...this.#schedules.values()].reduce((sum, count) => sum + count, 0);
    const left = this.#cutShort.size === 0 ? 'none was cut short' : `cut short: ${[...this.#cutShort].join(', ')}`;
    return `Simulation: ${this.kept ? '' : 'FAILED: '}${total.toLocaleString('en-US')} schedules of ${programs} programs, ${left}, ${this.#broken} broke a law; ${this.#found} of ${this.#planted} planted bugs found (${seconds.toFixed(0)} s)`;
  }
}
