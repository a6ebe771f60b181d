import { isRecord } from '#shared/event/stripe-event.ts';

/** Kinds of complaint that a person reads; there are never more at a time. */
const SHOWN = 10;

/** What the functions complained of: warnings and errors, those of one kind together. */
export class Complaints {
  readonly #kinds = new Map<string, { count: number; example: string; reason: string }>();

  readonly sink = (functionName: string, line: string): void => {
    const entry = parsed(line);
    if (!isRecord(entry) || !['WARN', 'ERROR', 'CRITICAL'].includes(String(entry.level))) return;
    const kind = [functionName, entry.message, entry.code].filter((part) => part !== undefined).join(': ');
    const count = (this.#kinds.get(kind)?.count ?? 0) + 1;
    // Anew at the end: the latest complaint stands last.
    this.#kinds.delete(kind);
    this.#kinds.set(kind, { count, example: String(entry.event ?? ''), reason: String(entry.reason ?? '') });
  };

  /** One line a kind, the latest last. */
  get lines(): readonly string[] {
    const lines = Array.from(this.#kinds, ([kind, { count, example, reason }]) =>
      [`${count} × ${kind}.`, reason, example && `For example ${example}.`].filter(Boolean).join(' '),
    );
    return lines.slice(-SHOWN);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
