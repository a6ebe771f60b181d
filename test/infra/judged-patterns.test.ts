import { describe, expect, it } from 'vitest';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { compilePattern } from '#shared/patterns/compile-pattern.ts';
import { patternForRoute } from '#shared/patterns/pattern-for-route.ts';
import { THIN_PATTERN } from '#shared/patterns/thin-pattern.ts';
import { UNRECOGNIZED_PATTERN } from '#shared/patterns/unrecognized-pattern.ts';
import { rulePairs } from '../conformance/event-ruler/pairs.ts';
import { synthesizedPatterns } from '../conformance/event-ruler/rule-patterns.ts';
import { PARTNER_SOURCE } from '../flow/stage-of-options.ts';

const patterns = synthesizedPatterns();

describe("what AWS's own matcher is asked about the rules of this project", () => {
  it('is every pattern that is deployed, with all options', () => {
    const routing = [...ROUTES.map(patternForRoute), UNRECOGNIZED_PATTERN, THIN_PATTERN];

    expect(patterns).toEqual(expect.arrayContaining(routing.map((pattern) => JSON.stringify(pattern))));
    expect(patterns).toContainEqual(expect.stringContaining(PARTNER_SOURCE));
    // Of a subscriber in infra/config.ts, of one with a filter, and of another team's own stack.
    for (const part of ['invoice.payment_failed', '"status":["active"', '"prefix":"invoice."'])
      expect(patterns).toContainEqual(expect.stringContaining(part));
  });

  it('is about events that each of them matches, and others', () => {
    const answers = new Map<string, Set<boolean>>(patterns.map((pattern) => [pattern, new Set()]));

    for (const { pattern, event } of rulePairs(patterns))
      answers.get(pattern)?.add(compilePattern(JSON.parse(pattern))(JSON.parse(event)));

    for (const [pattern, said] of answers) expect([pattern, said.size]).toEqual([pattern, 2]);
  });
});
