import { isRecord } from '#shared/event/stripe-event.ts';

/** What the functions of the example wrote into their logs. */
export class Dunned {
  readonly #entries: { readonly stack: string; readonly event: string; readonly did: unknown }[] = [];

  /** Takes a line of any function. */
  readonly log = (name: string, line: string): void => {
    const entry = readEntry(line);
    if (entry.message === 'dunned') {
      this.#entries.push({ stack: name.split('-')[0] ?? name, event: String(entry.event), did: entry.did });
    }
  };

  /** Ids of the events that the function of a stack took, in order, with a repeat for each time. */
  by(stack: string): string[] {
    return this.#entries.filter((entry) => entry.stack === stack).map(({ event }) => event);
  }

  /** What the function of a stack did about an event, time by time. */
  about(event: string, stack: string): unknown[] {
    return this.#entries.filter((entry) => entry.stack === stack && entry.event === event).map(({ did }) => did);
  }
}

function readEntry(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
