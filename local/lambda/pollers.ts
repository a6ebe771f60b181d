import type { EventSource } from './event-source.ts';
import { mappingId } from './mapping-id.ts';
import { Poller, type PollerPorts } from './poller.ts';

/** The pollers of all event-source mappings. */
export class Pollers {
  readonly #pollers: readonly Poller[];

  constructor(sources: readonly EventSource[], ports: PollerPorts) {
    this.#pollers = sources.map((source) => new Poller(source, ports));
  }

  /** Starts those that the templates enable. */
  start(): void {
    for (const poller of this.#pollers) if (poller.source.enabled) poller.start();
  }

  stop(): void {
    for (const poller of this.#pollers) poller.stop();
  }

  /** Stops all of them. @returns starts those again that were on */
  pause(): () => void {
    const running = this.#pollers.filter(({ enabled }) => enabled);
    this.stop();
    return () => {
      for (const poller of running) poller.start();
    };
  }

  /** @throws {Error} the function drains no queue */
  setEnabled(functionName: string, enabled: boolean): void {
    const names = this.#pollers.map(({ source }) => source.function.name);
    if (!names.includes(functionName)) {
      throw new Error(`${functionName} drains no queue. Those that do: ${names.join(', ')}.`);
    }
    for (const poller of this.#pollers.filter(({ source }) => source.function.name === functionName)) {
      if (enabled) poller.start();
      else poller.stop();
    }
  }

  /** All mappings, those that are switched off too. */
  all(): readonly Poller[] {
    return this.#pollers;
  }

  /** The mapping with an id, as Lambda's API knows it. */
  byId(id: string): Poller | undefined {
    return this.#pollers.find(({ source }) => mappingId(source) === id);
  }

  /** The queues that are being drained and hold messages, in words. */
  describe(): string[] {
    return this.#pollers.flatMap(({ enabled, source }) => {
      const { visible, inFlight, delayed } = source.queue.depth();
      const count = visible + inFlight + delayed;
      return enabled && count > 0 ? [`${count} × messages in ${source.queue.name}`] : [];
    });
  }
}
