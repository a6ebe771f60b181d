import { describe, expect, it } from 'vitest';
import { UsageError } from '#local/terminal/usage-error.ts';
import { conformanceArguments } from '../../conformance/conformance-arguments.ts';
import { suitesFor } from '../../conformance/suites.ts';

const suites = suitesFor({ pairs: 1, seed: 0 }).map(({ name }) => name);
const read = (args: readonly string[], isCi = false) => conformanceArguments(args, { suites, isCi });

describe('the arguments of npm run conformance', () => {
  it('are all suites and the promised number of pairs without any', () => {
    expect(read([], true)).toEqual({ only: undefined, pairs: 24_000, seed: 20_261_123, help: false });
  });

  it.each(suites)('can name %s', (name) => {
    expect(read(['--only', name]).only).toBe(name);
  });

  it.each([
    [['--only', 'mot'], '--only is "mot"; one of moto, event-ruler'],
    [['--pairs', 'abc'], '--pairs is "abc"; a whole number from 1 to 1000000 was expected.'],
    [['--pairs', '0'], '--pairs is "0"'],
    [['--seed', 'x'], '--seed is "x"; a whole number from 0'],
    [['--pair', '5'], "Unknown option '--pair'"],
    [['moto'], "Unexpected argument 'moto'"],
  ])('are refused with the reason: %j', (args, message) => {
    expect(() => read(args)).toThrow(UsageError);
    expect(() => read(args)).toThrow(message);
  });

  it('ask for at least 20,000 pairs in CI, where nobody looks at how many it were', () => {
    expect(read(['--pairs', '19999']).pairs).toBe(19_999);
    expect(() => read(['--pairs', '19999'], true)).toThrow('a whole number from 20000');
    expect(read(['--pairs', '20000'], true).pairs).toBe(20_000);
  });
});
