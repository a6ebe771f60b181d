/** What Stripe is to make happen: one event, told in one style or in both. */
export interface Emission {
  /** A catalogued type, with or without the `v1.` of thin types. */
  readonly type: string;
  /** `both` sends a snapshot event and its thin twin. @default snapshot */
  readonly style?: 'snapshot' | 'thin' | 'both' | undefined;
  /** Name of the destination. @default the first one that takes such events */
  readonly destination?: string | undefined;
  /** @default false */
  readonly livemode?: boolean | undefined;
  /** The connected account it belongs to, `acct_…`. @default the own one */
  readonly account?: string | undefined;
  /** The same seed gives the same event about the same object. @default a new one each time */
  readonly seed?: string | undefined;
  /** Unix seconds. @default now */
  readonly created?: number | undefined;
  /** The object it is about. @default a sample of the type's kind */
  readonly object?: Readonly<Record<string, unknown>> | undefined;
  /** How often each event is delivered. @default 1 */
  readonly copies?: number | undefined;
  /** Real milliseconds before the first delivery, so that events overtake each other. @default 0 */
  readonly delayMs?: number | undefined;
  /** Groups emissions for a report. */
  readonly tag?: string | undefined;
}

/** An emission that cannot be; the message says what to change. */
export class EmissionRefused extends Error {
  override readonly name = 'EmissionRefused';
}

/** An event that was made and is on its way. */
export interface Emitted {
  readonly id: string;
  readonly type: string;
  readonly style: 'snapshot' | 'thin';
  /** Name of the destination, or the ids of those that asked for it at the stand-in; `none` without any. */
  readonly destination: string;
  /** Id of the object it is about, where that has one. */
  readonly object?: string;
}
