import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidPattern } from '#shared/patterns/invalid-pattern.ts';
import { matchesPattern } from '#shared/patterns/matches-pattern.ts';
import { validatePattern } from '#shared/patterns/validate-pattern.ts';

interface Vectors {
  readonly matching: readonly { name: string; pattern: unknown; event: unknown; matches: boolean }[];
  readonly invalid: readonly { name: string; pattern: unknown; why: string }[];
}

const { matching, invalid }: Vectors = JSON.parse(
  readFileSync(new URL('event-pattern-vectors.json', import.meta.url), 'utf8'),
);

describe('the results of AWS event-ruler', () => {
  it('are all here', () => {
    expect(matching).toHaveLength(456);
    expect(invalid).toHaveLength(50);
  });

  it.each(matching)('$name', ({ pattern, event, matches }) => {
    expect(matchesPattern(pattern, event)).toBe(matches);
  });

  it.each(invalid)('$name is refused', ({ pattern }) => {
    expect(() => validatePattern(pattern)).toThrow(InvalidPattern);
  });
});
