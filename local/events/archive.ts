import type { EventTest } from '#shared/patterns/compile-pattern.ts';
import type { BusEvent } from './bus-event.ts';

/** Keeps what a bus accepted, for replays. */
export class Archive {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  readonly createdAt = new Date();
  readonly #matches: EventTest;
  readonly #events: BusEvent[] = [];
  #bytes = 0;

  /** @param matches which events it keeps */
  constructor(name: string, arn: string, bus: string, matches: EventTest) {
    this.name = name;
    this.arn = arn;
    this.bus = bus;
    this.#matches = matches;
  }

  /** @param parsed the event's JSON, parsed */
  offer(event: BusEvent, parsed: unknown): void {
    if (!this.#matches(parsed)) return;
    this.#events.push(event);
    this.#bytes += Buffer.byteLength(event.json);
  }

  /** Events whose time is in the window, oldest first: from `start` up to, not including, `end`. */
  between(start: Date, end: Date): BusEvent[] {
    const inWindow = this.#events.filter(({ time }) => time >= start && time < end);
    return inWindow.sort((a, b) => a.time.getTime() - b.time.getTime());
  }

  get eventCount(): number {
    return this.#events.length;
  }

  get sizeBytes(): number {
    return this.#bytes;
  }
}
