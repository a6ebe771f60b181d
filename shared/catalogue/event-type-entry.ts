/** One event type of Stripe, by its canonical name. */
export interface EventTypeEntry {
  /** The canonical name: without the `v1.` of thin types. */
  readonly type: string;
  /** What the event is about, in Stripe's words: `invoice`, `external account (e.g., card or bank account)`. */
  readonly object: string;
  /** The values that `data.object.object` (of a thin event: `related_object.type`) can have. */
  readonly objectKinds: readonly string[];
  readonly description: string;
  /** How Stripe sends it. With both, the thin type is the twin of the snapshot type: one event, told in two ways. */
  readonly styles: readonly ['snapshot'] | readonly ['thin'] | readonly ['snapshot', 'thin'];
  /** `base`: Stripe's published list of 210 types. `sdk`: newer, known from the `stripe` package only. */
  readonly since: 'base' | 'sdk';
  /** Only destinations that list the type by name receive it; `*` does not include it. */
  readonly selectionRequired?: true;
  /** In Stripe's published list, but no longer in the `stripe` package. */
  readonly legacy?: true;
  /** What the thin notification looks like, where there is one. */
  readonly thin?: ThinFacts;
}

export interface ThinFacts {
  /** Stripe's own name: with `v1.` where the resource is one of API v1. */
  readonly type: string;
  /**
   * What `related_object` holds: an object with an id; a `singleton`, of which an account has one and which is named
   * by its URL alone; or `none`, when only the event itself can be fetched.
   */
  readonly relatedObject: 'object' | 'singleton' | 'none';
  /** The fetched event holds `data` of its own, which the notification does not. */
  readonly carriesData?: true;
}
