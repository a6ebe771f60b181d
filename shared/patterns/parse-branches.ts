import { InvalidPattern } from './invalid-pattern.ts';
import { isJsonObject } from './json-object.ts';
import { memberPath } from './json-path.ts';
import { parseMatcher } from './parse-matcher.ts';
import type { Matcher } from './reading.ts';

/** One alternative of a pattern: the matchers of each field, by dotted path. */
export type Branch = ReadonlyMap<string, readonly Matcher[]>;

/** A bound of our own: within EventBridge's 2,048 characters, `$or` lists could multiply to millions of alternatives. */
const MAX_BRANCHES = 1000;
/** More fields in one alternative than AWS's engine takes. */
const MAX_FIELDS = 256;

/** Names that AWS's engine keeps for operators and refuses as fields below `$or`. */
const RESERVED_BELOW_OR = new Set(
  `exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard
   not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range
   ip-address-in-range ip-address-not-in-range`.split(/\s+/),
);

/**
 * Takes a pattern apart into its alternatives: one without `$or`, else the product of the `$or` lists. Two spellings
 * of one path (`{"a.b": …}` and `{"a": {"b": …}}`) are the same field, and the later one replaces the earlier.
 * @throws {InvalidPattern}
 */
export function parseBranches(pattern: unknown): readonly Branch[] {
  if (!isJsonObject(pattern)) throw new InvalidPattern('a pattern is a JSON object', '$');
  const branches = parseObject(pattern, { keys: [], path: '$', belowOr: false }, []);
  if (branches.some((branch) => branch.size > MAX_FIELDS)) {
    throw new InvalidPattern(`a pattern names at most ${MAX_FIELDS} fields`, '$');
  }
  return branches;
}

interface Place {
  readonly keys: readonly string[];
  readonly path: string;
  readonly belowOr: boolean;
}

function parseObject(
  object: { readonly [key: string]: unknown },
  place: Place,
  before: readonly Branch[],
): readonly Branch[] {
  const members = Object.entries(object);
  if (members.length === 0) throw new InvalidPattern('an empty object is not allowed', place.path);
  let branches = before;
  for (const [key, value] of members) {
    const path = memberPath(place.path, key);
    if (key === '$or') {
      branches = parseOr(value, { ...place, path }, branches);
    } else if (place.belowOr && RESERVED_BELOW_OR.has(key)) {
      throw new InvalidPattern(`${key} is an operator and cannot be a field below $or`, path);
    } else if (Array.isArray(value)) {
      branches = withField(branches, fieldName(place.keys, key), parseList(value, path));
    } else if (isJsonObject(value)) {
      branches = parseObject(value, { ...place, keys: [...place.keys, key], path }, branches);
    } else {
      throw new InvalidPattern('a field holds a list of values, such as ["paid"], or an object of fields', path);
    }
  }
  return branches;
}

function parseOr(alternatives: unknown, place: Place, before: readonly Branch[]): readonly Branch[] {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    throw new InvalidPattern('$or takes a list of at least two objects', place.path);
  }
  const start: readonly Branch[] = before.length === 0 ? [new Map()] : before;
  const branches: Branch[] = [];
  for (const [index, alternative] of alternatives.entries()) {
    const path = memberPath(place.path, index);
    if (!isJsonObject(alternative)) throw new InvalidPattern('only objects are allowed in $or', path);
    branches.push(...parseObject(alternative, { ...place, path, belowOr: true }, start));
    if (branches.length > MAX_BRANCHES) {
      throw new InvalidPattern(`$or lists multiply to more than ${MAX_BRANCHES} alternatives`, place.path);
    }
  }
  return branches;
}

function parseList(values: readonly unknown[], path: string): readonly Matcher[] {
  if (values.length === 0) throw new InvalidPattern('an empty list of values is not allowed', path);
  return values.map((value, index) => parseMatcher(value, memberPath(path, index)));
}

function withField(branches: readonly Branch[], name: string, matchers: readonly Matcher[]): readonly Branch[] {
  if (branches.length === 0) return [new Map([[name, matchers]])];
  return branches.map((branch) => new Map(branch).set(name, matchers));
}

/** AWS's engine drops the dot after a path that is empty as a whole: `{"": {"a": …}}` is about the field `a`. */
function fieldName(keys: readonly string[], last: string): string {
  const parent = keys.join('.');
  return parent === '' ? last : `${parent}.${last}`;
}
