import { describe, expect, it } from 'vitest';
import { UsageError } from '#local/terminal/usage-error.ts';
import { fuzzArguments } from '../../fuzz/fuzz-arguments.ts';

describe('the arguments of npm run fuzz', () => {
  it('are as many requests and which', () => {
    expect(fuzzArguments([])).toEqual({ inputs: 200_000, seed: 20_261_124, help: false });
    expect(fuzzArguments(['--inputs', '7', '--seed', '0'])).toMatchObject({ inputs: 7, seed: 0 });
  });

  it.each([
    [['--inputs', '0'], '--inputs is "0"; a whole number from 1'],
    [['--inputs', '1.5'], '--inputs is "1.5"'],
    [['--seed', 'abc'], '--seed is "abc"; a whole number from 0'],
    [['--input', '5'], "Unknown option '--input'"],
    [['5'], "Unexpected argument '5'"],
  ])('are refused with the reason: %j', (args, message) => {
    expect(() => fuzzArguments(args)).toThrow(UsageError);
    expect(() => fuzzArguments(args)).toThrow(message);
  });
});
