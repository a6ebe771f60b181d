import { PARTNER_SOURCE_PREFIX } from '#shared/environment/partner-source.ts';
import { THIN_SOURCE } from '#shared/event/bus-entry.ts';
import type { Observations } from '../observe/observations.ts';
import { sum } from '../sum.ts';

/** Metrics by which the pipeline itself counts what may have been published twice, each written at once. */
const COUNTED = /"(PublishRepeated|PublishRetried|PublishUnknown)":(\[[\d,]*\]|\d+)/g;
/** The ingress has answered 200, and could not tell the ledger. */
const COMPLETION_UNKNOWN = /"message":"accepted".*"ledger":"(unknown|lost)"/;
/** A function that takes messages from a queue did not learn whether the bus took an entry. */
const PUBLICATION_UNKNOWN = /"message":"not handled".*"code":"publish_unknown"/;
/** Written by the stage's own reaction when it has done its work. */
const REACTED = '"message":"dunning entry"';
/** How a publication says that its event came in. */
const VIA = /"via":"(\w+)"/;
/** Faults after which a caller cannot know what was done; any other is an error that is answered instead of doing it. */
const LEAVES_OPEN: ReadonlySet<string> = new Set(['hang', 'drop-answer']);
const EVENT_ID = /evt_[A-Za-z0-9]+/;
const EVERY_EVENT_ID = new RegExp(EVENT_ID, 'g');

/** Writes down what can be seen of a run from outside the functions. */
export class ChaosWitness {
  /** How often the bus took each notification for the resolver, by its id. */
  readonly notified = new Map<string, number>();
  /** How often a partner bus took each event, by its id. */
  readonly bridged = new Map<string, number>();
  /** How often the bus took each event that consumers see, by its id. */
  readonly published = new Map<string, number>();
  /** How these publications say that their event came in, by its id. */
  readonly cameBy = new Map<string, readonly string[]>();
  /** The functions that reported an event as handled, in order and with repeats. */
  readonly handledBy = new Map<string, readonly string[]>();
  /** How often the stage's own reaction did its work for an event. */
  readonly reacted = new Map<string, number>();
  /** How often it was left open whether the ledger knows of that. */
  readonly reactionUnknown = new Map<string, number>();
  /** The functions that ended, killed or out of time, with an event in hand, with repeats. */
  readonly cutShort = new Map<string, readonly string[]>();
  /** How often it was left open whether an event is on the bus, or whether the ledger knows that it is, by its id. */
  readonly unknown = new Map<string, number>();
  /** How often a client repeated the call that publishes an event, by its id, where its try before may have done it. */
  readonly publishRepeated = new Map<string, number>();
  /** What each invocation counted as perhaps published twice, by its id; and of that, the calls that a client repeated. */
  readonly #counts = new Map<string, number>();
  readonly #repeats = new Map<string, number>();
  /** The events that each invocation had in hand. */
  readonly #inHand = new Map<string, ReadonlySet<string>>();
  /** Invocations that a kill ended. */
  killed = 0;
  /** Events whose recorded failure could not be taken off the list when they were handled. */
  readonly notCleared = new Set<string>();

  /** How often the pipeline's own metrics say that something may have been published twice. */
  get countedInAll(): number {
    return sum(this.#counts.values());
  }

  /** The same for each event, by its id. A line of metrics names none: it counts for each that its invocation had in hand. */
  get counted(): ReadonlyMap<string, number> {
    return this.#byEvent(this.#counts);
  }

  /** Of that, the calls that a client repeated: each counts once, however often. */
  get countedRepeats(): ReadonlyMap<string, number> {
    return this.#byEvent(this.#repeats);
  }

  watch(observations: Observations): void {
    observations.on('published', ({ source, detail }) => {
      const id = EVENT_ID.exec(detail)?.[0];
      if (source.startsWith(PARTNER_SOURCE_PREFIX)) return add(this.bridged, id);
      // A notification is for the resolver alone; consumers see what that makes of it.
      add(source === THIN_SOURCE ? this.notified : this.published, id);
      append(this.cameBy, id, VIA.exec(detail.slice(detail.lastIndexOf('"fanout":')))?.[1]);
    });
    observations.on('call-repeated', ({ operation, body, fault }) => {
      if (fault !== undefined && !LEAVES_OPEN.has(fault)) return;
      const text = body.toString('utf8');
      const id = EVENT_ID.exec(text)?.[0];
      if (operation === 'PutEvents') {
        add(this.unknown, id);
        add(this.publishRepeated, id);
      }
      if (operation === 'UpdateItem' && text.includes('react#')) add(this.reactionUnknown, id);
    });
    observations.on('invoked', ({ function: name, requestId, payload, error }) => {
      const ids = new Set(payload.match(EVERY_EVENT_ID));
      this.#inHand.set(requestId, ids);
      if (error === undefined) return;
      if (error.includes('ended before it answered')) this.killed += 1;
      for (const id of ids) append(this.cutShort, id, name);
    });
  }

  /** Takes each line that the functions write. */
  readonly sink = (functionName: string, line: string, requestId = ''): void => {
    for (const [, metric, values = ''] of line.matchAll(COUNTED)) {
      for (const [value] of values.matchAll(/\d+/g)) {
        add(this.#counts, requestId, Number(value));
        if (metric === 'PublishRetried') add(this.#repeats, requestId, Number(value));
      }
    }
    if (COMPLETION_UNKNOWN.test(line) || PUBLICATION_UNKNOWN.test(line)) add(this.unknown, EVENT_ID.exec(line)?.[0]);
    if (line.includes('"message":"failures not cleared"')) {
      for (const [id] of line.matchAll(EVERY_EVENT_ID)) this.notCleared.add(id);
    }
    if (line.includes(REACTED)) add(this.reacted, EVENT_ID.exec(line)?.[0]);
    if (line.includes('"message":"handled"')) append(this.handledBy, EVENT_ID.exec(line)?.[0], functionName);
  };

  #byEvent(counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
    const byEvent = new Map<string, number>();
    for (const [requestId, count] of counts) {
      for (const id of this.#inHand.get(requestId) ?? []) add(byEvent, id, count);
    }
    return byEvent;
  }
}

function append(lists: Map<string, readonly string[]>, key: string | undefined, one: string | undefined): void {
  if (key !== undefined && one !== undefined) lists.set(key, [...(lists.get(key) ?? []), one]);
}

function add(counts: Map<string, number>, key: string | undefined, by = 1): void {
  if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + by);
}
