type Fields = ReadonlyMap<string, readonly unknown[]>;

/**
 * Takes a valid pattern apart into patterns with one matcher per field: by definition the pattern matches what any
 * of them matches, as `$or` alternatives and the matchers of one list are joined by "or".
 */
export function partsOf(pattern: unknown): readonly string[] {
  return alternatives(pattern, [], [new Map()])
    .flatMap(choices)
    .map((part) => JSON.stringify(part));
}

/** The fields of each alternative by dotted path; the later spelling of a path replaces the earlier. */
function alternatives(object: unknown, keys: readonly string[], before: readonly Fields[]): readonly Fields[] {
  let found = before;
  for (const [key, value] of Object.entries(object ?? {})) {
    const parent = keys.join('.');
    const path = parent === '' ? key : `${parent}.${key}`;
    if (key === '$or') found = value.flatMap((each: unknown) => alternatives(each, keys, found));
    else if (Array.isArray(value)) found = found.map((fields) => new Map(fields).set(path, value));
    else found = alternatives(value, [...keys, key], found);
  }
  return found;
}

function choices(fields: Fields): readonly Record<string, unknown>[] {
  let made: readonly [string, unknown][][] = [[]];
  for (const [path, matchers] of fields) {
    made = made.flatMap((entries) => matchers.map((matcher): [string, unknown][] => [...entries, [path, [matcher]]]));
  }
  return made.map((entries) => Object.fromEntries(entries));
}
