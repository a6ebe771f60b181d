type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Holds when each event of a request is of one of these sources. `events:source` has one value for each event, and an
 * operator without `ForAllValues:` or `ForAnyValue:` is not meant for such a key. `ForAllValues:` alone would hold for a
 * request that lacks it.
 */
export function onlySources(...sources: readonly string[]): Conditions {
  return { 'ForAllValues:StringEquals': { 'events:source': sources }, Null: { 'events:source': 'false' } };
}

/** Holds when an event of a request is of a source that fits, `*` standing for any characters. */
export function anySource(pattern: string): Conditions {
  return { 'ForAnyValue:StringLike': { 'events:source': pattern } };
}
