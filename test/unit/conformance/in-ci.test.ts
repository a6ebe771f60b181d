import { expect, it } from 'vitest';
import { inCi } from '../../conformance/in-ci.ts';

it.each([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['', false],
  [undefined, false],
])('takes CI=%s for CI: %s', (CI, expected) => {
  expect(inCi({ CI })).toBe(expected);
});
