/** One line that a function wrote, or Lambda about it. */
export interface LogEvent {
  /** Grows with each line. */
  readonly id: number;
  readonly group: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly text: string;
}

/** Lines kept, over all groups: some ten megabytes at most. */
const KEPT = 20_000;

/** What the functions wrote, the oldest forgotten first. */
export class LogStore {
  #events: LogEvent[] = [];
  #next = 1;

  append(functionName: string, text: string): void {
    this.#events.push({ id: this.#next, group: logGroupOf(functionName), at: Date.now(), text });
    this.#next += 1;
    // Seldom, for it copies the lot.
    if (this.#events.length > 2 * KEPT) this.#events = this.#events.slice(-KEPT);
  }

  /** All of them, the oldest first. */
  events(): readonly LogEvent[] {
    return this.#events;
  }
}

/** Where Lambda writes a function's lines. */
export function logGroupOf(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}
