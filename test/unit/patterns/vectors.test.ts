import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidPattern } from '#shared/patterns/invalid-pattern.ts';
import { matchesPattern } from '#shared/patterns/matches-pattern.ts';
import { validatePattern } from '#shared/patterns/validate-pattern.ts';

/** One result of AWS event-ruler 2.0.1: it matched or not, or it refused the pattern and said why. */
type Vector =
  | { readonly name: string; readonly pattern: unknown; readonly event: unknown; readonly matches: boolean }
  | { readonly name: string; readonly pattern: unknown; readonly why: string };

const vectors: readonly Vector[] = readFileSync(new URL('event-pattern-vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const matching = vectors.filter((vector) => 'matches' in vector);
const refused = vectors.filter((vector) => 'why' in vector);

describe('the results of AWS event-ruler', () => {
  it('are all read', () => {
    expect([matching.length, refused.length]).toEqual([456, 50]);
  });

  it.each(matching)('$name', ({ pattern, event, matches }) => {
    expect(matchesPattern(pattern, event)).toBe(matches);
  });

  it.each(refused)('$name is refused', ({ pattern }) => {
    expect(() => validatePattern(pattern)).toThrow(InvalidPattern);
  });
});
