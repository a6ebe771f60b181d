import { describe, expect, it } from 'vitest';
import { UsageError } from '#local/terminal/usage-error.ts';
import { benchArguments, PARTS } from '../../../bench/bench-arguments.ts';

describe('the arguments of npm run bench', () => {
  it('are all parts and three sizes of the ledger without any, and with --write', () => {
    expect(benchArguments([])).toEqual({ parts: PARTS, known: [1_000, 10_000, 100_000], write: false, help: false });
    expect(benchArguments(['--write'])).toMatchObject({ parts: PARTS, write: true });
  });

  it('name parts in any order, each measured once, in the order of all', () => {
    expect(benchArguments(['--only', 'pipeline, sizes,sizes', '--known', '500,1000'])).toMatchObject({
      parts: ['sizes', 'pipeline'],
      known: [500, 1_000],
    });
  });

  it.each([
    [['--known', 'abc'], '--known is "abc"; a whole number from 1 to 1000000 was expected.'],
    [['--known', '1000,'], '--known is ""; a whole number'],
    [['--known', '0'], '--known is "0"'],
    [['--known', '1000,1000'], '--known is "1000,1000"; sizes of which each is larger'],
    [['--known', '1000,10'], 'each is larger than the one before'],
    [['--only', 'x'], '--only is "x"; one of sizes, signature, ingress, cold-start, pipeline was expected.'],
    [['--only', 'sizes', '--known', '10'], '--known is of the pipeline'],
    [['--write', '--only', 'sizes'], '--write writes the page of every figure'],
    [['--write', '--known', '10'], '--write writes the page of every figure'],
    [['--wrong'], "Unknown option '--wrong'"],
    [['stray'], "Unexpected argument 'stray'"],
  ])('are refused with the reason: %j', (args, message) => {
    expect(() => benchArguments(args)).toThrow(UsageError);
    expect(() => benchArguments(args)).toThrow(message);
  });
});
