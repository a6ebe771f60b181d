import { describe, expect, it } from 'vitest';
import { drillArguments } from '#local/drill/drill-arguments.ts';
import { SCENARIOS } from '#local/drill/scenarios.ts';
import { UsageError } from '#local/terminal/usage-error.ts';

describe('the arguments of npm run drill', () => {
  it('leave the choice to the drill when none is made', () => {
    expect(drillArguments([])).toMatchObject({ scenario: undefined, port: 4242, awsPort: 4566, minutes: 60 });
  });

  it.each(SCENARIOS)('take $name', (scenario) => {
    expect(drillArguments(['--scenario', scenario.name]).scenario).toBe(scenario);
  });

  it.each([
    [['--scenario', 'dead-consumr'], 'Did you mean dead-consumer?'],
    [['--scenario'], "'--scenario <value>' argument missing"],
    [['--minutes', '0'], '--minutes is "0"; a whole number from 1 to 600 was expected.'],
    [['--lst'], "Unknown option '--lst'"],
    [['dead-consumer'], "Unexpected argument 'dead-consumer'"],
  ])('are refused with the reason: %j', (args, message) => {
    expect(() => drillArguments(args)).toThrow(UsageError);
    expect(() => drillArguments(args)).toThrow(message);
  });
});

describe('the scenarios', () => {
  it('each have hints, and a name, a summary and an alarm of their own', () => {
    for (const { hints } of SCENARIOS) expect(hints.length).toBeGreaterThanOrEqual(3);
    for (const key of ['name', 'summary', 'alarm'] as const) {
      expect(new Set(SCENARIOS.map((scenario) => scenario[key])).size).toBe(SCENARIOS.length);
    }
  });
});
