/** Where an event stands on its way onto the bus. `in flight`: somebody holds a claim whose lease has not ended. */
export type Standing = 'published' | 'in flight' | 'missing';

/** Reads the ledger for many events at once; it claims nothing. */
export interface PublishedEvents {
  /**
   * @returns a standing for each id; a claim whose lease is over counts as missing, for nobody will end it
   * @throws {LedgerUnavailable}
   */
  standings(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Standing>>;
}
