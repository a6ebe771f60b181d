/** A row that a reaction keeps beside Stripe's objects, for its own team. */
export interface TeamRow {
  /** Kind and the Stripe object it belongs to: `dunning:in_…`. The kind is the part before the colon, and the team's own. */
  readonly object: `${string}:${string}`;
  /** The Stripe object's scope: `live`, `test#acct_…`. */
  readonly scope: string;
  /**
   * Name of a row among several under the same key, which can be read together.
   * @default there is one
   */
  readonly part?: string;
  /** When this was true, in Unix milliseconds: an older row never replaces a newer one. */
  readonly asOf: number;
  /** Stripe's event id. */
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Rows of the objects table that reactions own. Writing the same row again is harmless. */
export interface TeamRows {
  /** @returns `false` when a newer row stands there. @throws {ObjectsUnavailable} */
  put(row: TeamRow, signal: AbortSignal): Promise<boolean>;
}
