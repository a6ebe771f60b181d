import { describe, expect, it } from 'vitest';
import { UsageError } from '#local/terminal/usage-error.ts';
import { PROGRAMS } from '../../simulation/programs.ts';
import { SIMULATE_USAGE, simulateArguments } from '../../simulation/simulate-arguments.ts';

const [{ name }] = PROGRAMS as readonly [(typeof PROGRAMS)[number]];

describe('the arguments of npm run simulate', () => {
  it('are every schedule of all programs without any', () => {
    expect(simulateArguments([])).toMatchObject({ budget: Number.POSITIVE_INFINITY, program: undefined, seed: 1 });
  });

  it('take what a finding printed', () => {
    const given = ['--program', name, '--deliveries', '3', '--schedule', ' d0.claim:ok  wait '];

    expect(simulateArguments(given)).toMatchObject({
      program: name,
      again: { schedule: ['d0.claim:ok', 'wait'], deliveries: 3 },
    });
  });

  it.each([
    [['--program', 'x'], '--program is "x"; one of ingress'],
    [['--random', 'x'], '--random is "x"; a whole number from 1'],
    [['--budget', '0'], '--budget is "0"'],
    [['--seed', '-1'], "'--seed"],
    [['--schedule', 'wait'], '--schedule is of one program'],
    [['--program', name, '--schedule', ' '], '--schedule is empty'],
    [['--deliveries', '2'], 'with --schedule'],
    [['--wrong'], "Unknown option '--wrong'"],
    [['stray'], "Unexpected argument 'stray'"],
  ])('are refused with the reason: %j', (args, message) => {
    expect(() => simulateArguments(args)).toThrow(UsageError);
    expect(() => simulateArguments(args)).toThrow(message);
  });

  it('can be looked up: every program is in the usage', () => {
    for (const program of PROGRAMS) expect(SIMULATE_USAGE).toContain(program.name);
  });
});
