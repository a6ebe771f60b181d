import { describe, expect, it } from 'vitest';
import { InvalidPattern } from '#shared/patterns/invalid-pattern.ts';
import { validatePattern } from '#shared/patterns/validate-pattern.ts';

function refusal(pattern: unknown): InvalidPattern {
  try {
    validatePattern(pattern);
  } catch (thrown) {
    if (thrown instanceof InvalidPattern) return thrown;
    throw thrown;
  }
  throw new Error('the pattern was accepted');
}

describe('validatePattern', () => {
  it.each([
    [{ detail: { type: [{ prefix: 5 }] } }, '$.detail.type[0].prefix'],
    [{ 'detail-type': ['a', { numeric: ['>', '5'] }] }, '$["detail-type"][1].numeric[1]'],
    [{ detail: { $or: [{ type: ['a'] }, { prefix: ['a'] }] } }, '$.detail.$or[1].prefix'],
    [{ source: [{ 'anything-but': { suffix: '' } }] }, '$.source[0]["anything-but"].suffix'],
    [{ source: [] }, '$.source'],
    [[], '$'],
  ])('says where %j is wrong', (pattern, path) => {
    expect(refusal(pattern).path).toBe(path);
  });

  it('says what is wrong and what to write', () => {
    expect(refusal({ source: [{ cidr: '10.0.0.0/32' }] }).message).toBe(
      'Invalid event pattern at $.source[0].cidr: the mask of "10.0.0.0/32" must be a whole number from 0 to 31',
    );
  });

  it.each([[{ numeric: ['<', -Number.MAX_VALUE] }], [{ numeric: ['>=', Number.MAX_VALUE] }]])(
    'refuses %j, a range that holds no number',
    (matcher) => {
      expect(refusal({ a: [matcher] }).reason).toContain('less than');
    },
  );

  it('refuses an empty list inside anything-but, wherever it stands', () => {
    expect(refusal({ a: ['x', { 'anything-but': { prefix: [] } }] }).path).toBe('$.a[1]["anything-but"].prefix');
  });

  it('refuses $or lists that multiply to more than a thousand alternatives', () => {
    const ten = (field: string) => Array.from({ length: 10 }, (_, index) => ({ [field]: [index] }));
    const nested = { a: { $or: ten('x') }, b: { $or: ten('x') }, c: { $or: ten('x') } };

    validatePattern(nested);
    expect(refusal({ ...nested, d: { $or: [{ x: [1] }, { x: [2] }] } }).path).toBe('$.d.$or');
  });

  it('refuses more fields than the engine takes', () => {
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, [1]]));

    validatePattern(fields(256));
    expect(refusal(fields(257)).reason).toContain('256');
  });

  it('refuses numbers that JSON cannot hold as such', () => {
    expect(refusal(JSON.parse('{"a":[{"numeric":["<",1e400]}]}')).reason).toContain('finite');
  });
});
