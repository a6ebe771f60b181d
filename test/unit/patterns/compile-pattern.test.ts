import { describe, expect, it } from 'vitest';
import { compilePattern } from '#shared/patterns/compile-pattern.ts';
import { matchesPattern } from '#shared/patterns/matches-pattern.ts';

describe('compilePattern', () => {
  it.each([[null], ['invoice.paid'], [[{ source: 'stripe' }]], [undefined]])('matches no event that is %j', (event) => {
    expect(compilePattern({ source: [{ exists: false }] })(event)).toBe(false);
  });

  it('reads keys of prototypes like any other', () => {
    const event: unknown = JSON.parse('{"__proto__":{"a":1},"b":{"constructor":"x"}}');

    expect(matchesPattern(JSON.parse('{"__proto__":{"a":[1]}}'), event)).toBe(true);
    expect(matchesPattern({ b: { constructor: ['x'] } }, event)).toBe(true);
    expect(matchesPattern({ b: { toString: [{ exists: true }] } }, event)).toBe(false);
  });

  it('asks for values of one element of a list, but for an absent field in all of what is left', () => {
    const event = {
      items: [
        { id: 1, kind: 'a' },
        { id: 2, kind: 'b', gone: true },
      ],
    };

    expect(matchesPattern({ items: { id: [1], kind: ['a'] } }, event)).toBe(true);
    expect(matchesPattern({ items: { id: [1], kind: ['b'] } }, event)).toBe(false);
    expect(matchesPattern({ items: { gone: [{ exists: false }], id: [1] } }, event)).toBe(false);
    expect(matchesPattern({ items: { id: [1], zone: [{ exists: false }] } }, event)).toBe(true);
  });

  it('compares half a surrogate pair as the question mark that UTF-8 makes of it', () => {
    expect(matchesPattern({ a: ['\ud83d'] }, { a: '\ude00' })).toBe(true);
    expect(matchesPattern({ a: [{ prefix: '\ud83d' }] }, { a: '😀' })).toBe(false);
  });

  it('stays fast where two fields each have many values that do not lead to a match', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `v${index}`);
    const test = compilePattern({ a: [{ prefix: 'v' }], b: [{ prefix: 'v' }], c: ['x'] });

    const started = performance.now();
    const matched = test({ a: many, b: many, c: ['y'] });

    expect(matched).toBe(false);
    expect(performance.now() - started).toBeLessThan(30_000); // Trying every pair would take minutes.
  });
});
