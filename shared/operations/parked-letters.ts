import type { DeadLetter } from './dead-letter.ts';

/** A dead letter put aside for as long as it takes: one JSON object in the payload bucket. */
export interface ParkedLetter {
  readonly version: 1;
  readonly domain: string;
  readonly event: string;
  readonly type: string;
  readonly account?: string;
  /** Why it failed. */
  readonly error: { readonly code: string; readonly message: string };
  /** Why the operator put it aside. */
  readonly reason: string;
  /** ISO 8601. */
  readonly parkedAt: string;
  readonly message: Pick<DeadLetter, 'messageId' | 'body' | 'attributes' | 'traceHeader' | 'sentAt'>;
  /** The event's own text, where the message only refers to it: what it refers to expires. */
  readonly payload?: { readonly key: string; readonly text: string };
}

/** Dead letters put aside, by domain. All methods reject with the service's own error. */
export interface ParkedLetters {
  /** Writing the same letter again is harmless. */
  put(letter: ParkedLetter): Promise<void>;
  /** All of a domain's, or those about one event. */
  keys(domain: string, event?: string): AsyncIterable<readonly string[]>;
  get(key: string): Promise<ParkedLetter>;
  remove(key: string): Promise<void>;
}

/** Where a letter is kept: nothing below `parked/` expires. */
export function parkedKey(domain: string, event: string, messageId: string): string {
  return `${parkedPrefix(domain, event)}${messageId}.json`;
}

/** With what the keys of a domain's letters begin, or of those about one event. */
export function parkedPrefix(domain: string, event?: string): string {
  return event === undefined ? `parked/${domain}/` : `parked/${domain}/${event}.`;
}
