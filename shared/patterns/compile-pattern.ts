import { fieldTest } from './field-test.ts';
import { type Field, flattenEvent, type Membership, stepFilter } from './flatten-event.ts';
import { isJsonObject } from './json-object.ts';
import { type Branch, parseBranches } from './parse-branches.ts';
import type { Scalar } from './reading.ts';

/** Tells whether an event, as parsed JSON, matches. Anything but a JSON object matches nothing. */
export type EventTest = (event: unknown) => boolean;

interface Condition {
  readonly path: string;
  readonly accepts: (value: Scalar) => boolean;
  readonly acceptsAbsence: boolean;
}

type Fields = ReadonlyMap<string, readonly Field[]>;

/**
 * Validates a pattern once and makes a fast test of it, with the meaning of AWS's event-ruler 2.0.1. Numbers are
 * compared as JavaScript parsed them: integers beyond 2^53 are already rounded then, where EventBridge tells them apart.
 * @throws {InvalidPattern} EventBridge would refuse the pattern
 */
export function compilePattern(pattern: unknown): EventTest {
  return compileBranches(parseBranches(pattern));
}

/** Makes the test of a pattern that has been taken apart. A branch without fields matches every event. */
export function compileBranches(branches: readonly Branch[]): EventTest {
  const isStep = stepFilter(branches.flatMap((branch) => [...branch.keys()]));
  const alternatives = branches.map(conditions);
  return (event) => {
    if (!isJsonObject(event)) return false;
    const fields = flattenEvent(event, isStep);
    return alternatives.some((list) => holds(list, 0, fields, new Map()));
  };
}

/** Sorted as in AWS's engine: which elements of lists an absent field is looked for in depends on the fields before it. */
function conditions(branch: Branch): readonly Condition[] {
  return [...branch]
    .map(([path, matchers]) => ({
      path,
      accepts: fieldTest(matchers),
      acceptsAbsence: matchers.some((matcher) => matcher.absence),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Looks for one value per condition such that all of them stand in the same element of each list they share. */
function holds(conditions: readonly Condition[], at: number, fields: Fields, chosen: Membership): boolean {
  const condition = conditions[at];
  if (condition === undefined) return true;
  const candidates = fields.get(condition.path) ?? [];
  if (condition.acceptsAbsence && !candidates.some(({ membership }) => merge(chosen, membership))) {
    return holds(conditions, at + 1, fields, chosen);
  }
  let triedUnchanged = false;
  for (const { value, membership } of candidates) {
    const merged = merge(chosen, membership);
    const unchanged = merged === chosen;
    if (merged === undefined || (unchanged && triedUnchanged) || !condition.accepts(value)) continue;
    if (holds(conditions, at + 1, fields, merged)) return true;
    triedUnchanged ||= unchanged;
  }
  return false;
}

/** @returns `undefined` when the two name different elements of one list; `chosen` itself when nothing is added */
function merge(chosen: Membership, added: Membership): Membership | undefined {
  let merged: Map<number, number> | undefined;
  for (const [list, index] of added) {
    const known = chosen.get(list);
    if (known === undefined) merged = (merged ?? new Map(chosen)).set(list, index);
    else if (known !== index) return undefined;
  }
  return merged ?? chosen;
}
