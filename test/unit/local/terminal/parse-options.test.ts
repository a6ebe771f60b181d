import { describe, expect, it } from 'vitest';
import { decimalNumber, oneOf, parseOptions, wholeNumber } from '#local/terminal/parse-options.ts';
import { UsageError } from '#local/terminal/usage-error.ts';

describe('the options of a command', () => {
  it.each([['--wrong'], ['stray'], ['--seed'], ['--seed', '1', '--', 'stray']])('are refused: %j', (...args) => {
    expect(() => parseOptions(args, { seed: { type: 'string' } })).toThrow(UsageError);
  });
});

describe('a whole number', () => {
  it('is what is written, and nothing where nothing is', () => {
    expect([wholeNumber('--n', '7', 1, 9), wholeNumber('--n', undefined, 1, 9)]).toEqual([7, undefined]);
  });

  it.each(['', ' ', 'abc', 'NaN', '-1', '0', '10', '1.5', '1e0', '0x2'])('is refused as "%s"', (text) => {
    expect(() => wholeNumber('--n', text, 1, 9)).toThrow(
      new UsageError(`--n is "${text}"; a whole number from 1 to 9 was expected.`),
    );
  });
});

describe('a decimal number', () => {
  it.each([
    ['0.5', 0.5],
    ['9', 9],
    [undefined, undefined],
  ])('is what is written: %s', (text, value) => {
    expect(decimalNumber('--n', text, 0.5, 9)).toBe(value);
  });

  it.each(['', 'abc', 'NaN', 'Infinity', '-1', '0.4', '9.01', '.5', '1e0'])('is refused as "%s"', (text) => {
    expect(() => decimalNumber('--n', text, 0.5, 9)).toThrow(
      new UsageError(`--n is "${text}"; a number from 0.5 to 9 was expected.`),
    );
  });
});

describe('one of several names', () => {
  it('is the one that is given', () => {
    expect([oneOf('--only', 'moto', ['moto', 'cfn-lint']), oneOf('--only', undefined, ['moto'])]).toEqual([
      'moto',
      undefined,
    ]);
  });

  it('is refused with the nearest where it is misspelt', () => {
    expect(() => oneOf('--only', 'mot', ['moto', 'cfn-lint'])).toThrow(
      new UsageError('--only is "mot"; one of moto, cfn-lint was expected. Did you mean moto?'),
    );
  });
});
