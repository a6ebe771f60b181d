import { isRecord } from '#shared/event/stripe-event.ts';

/** Collects from the functions' log lines which events a handler reported as handled, and by which function. */
export class HandledLog {
  readonly byEvent = new Map<string, string>();

  /** Takes a log line of a function; what is not such a report is passed over. */
  readonly sink = (functionName: string, line: string): void => {
    if (!line.includes('"handled"')) return;
    const entry = parsed(line);
    if (isRecord(entry) && entry.message === 'handled' && typeof entry.event === 'string') {
      this.byEvent.set(entry.event, functionName);
    }
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
