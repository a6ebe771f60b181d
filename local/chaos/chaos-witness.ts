import { THIN_SOURCE } from '#shared/event/bus-entry.ts';
import type { Observations } from '../observe/observations.ts';

/** Metrics by which the pipeline itself counts what may have been published twice. */
const COUNTED = /"(?:PublishRepeated|PublishRetried|PublishUnknown|CompleteUnknown)":(\[[\d,]*\]|\d+)/g;
/** The ingress has answered 200, and could not tell the ledger. */
const COMPLETION_UNKNOWN = /"message":"accepted".*"ledger":"(unknown|lost)"/;
const EVENT_ID = /evt_[A-Za-z0-9]+/;
const EVERY_EVENT_ID = new RegExp(EVENT_ID, 'g');

/** Writes down what can be seen of a run from outside the functions. */
export class ChaosWitness {
  /** How often the bus took each notification for the resolver, by its id. */
  readonly notified = new Map<string, number>();
  /** How often the bus took each event that consumers see, by its id. */
  readonly published = new Map<string, number>();
  /** The functions that reported an event as handled, in order and with repeats. */
  readonly handledBy = new Map<string, string[]>();
  /** How often it was left open whether an event is on the bus, or whether the ledger knows that it is, by its id. */
  readonly unknown = new Map<string, number>();
  /** What may have been published twice, as the pipeline's own metrics have it. */
  countedUnknown = 0;
  /** Invocations that a kill ended. */
  killed = 0;
  /** Events whose recorded failure could not be taken off the list when they were handled. */
  readonly notCleared = new Set<string>();

  watch(observations: Observations): void {
    observations.on('published', ({ source, detail }) => {
      // A notification is for the resolver alone; consumers see what that makes of it.
      addOne(source === THIN_SOURCE ? this.notified : this.published, EVENT_ID.exec(detail)?.[0]);
    });
    observations.on('call-repeated', ({ operation, body }) => {
      if (operation === 'PutEvents') addOne(this.unknown, EVENT_ID.exec(body.toString('utf8'))?.[0]);
    });
    observations.on('invoked', ({ error }) => {
      if (error?.includes('ended before it answered')) this.killed += 1;
    });
  }

  /** Takes each line that the functions write. */
  readonly sink = (functionName: string, line: string): void => {
    for (const [, values = ''] of line.matchAll(COUNTED)) {
      for (const [value] of values.matchAll(/\d+/g)) this.countedUnknown += Number(value);
    }
    if (COMPLETION_UNKNOWN.test(line)) addOne(this.unknown, EVENT_ID.exec(line)?.[0]);
    if (line.includes('"message":"failures not cleared"')) {
      for (const [id] of line.matchAll(EVERY_EVENT_ID)) this.notCleared.add(id);
    }
    if (!line.includes('"message":"handled"')) return;
    const id = EVENT_ID.exec(line)?.[0];
    if (id !== undefined) this.handledBy.set(id, [...(this.handledBy.get(id) ?? []), functionName]);
  };
}

function addOne(counts: Map<string, number>, key: string | undefined): void {
  if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
}
