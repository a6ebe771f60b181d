import { describe, expect, it } from 'vitest';
import { UsageError } from '#local/terminal/usage-error.ts';
import { costArguments } from '../../../bench/cost/cost-arguments.ts';
import { DEFAULT_WORKLOAD } from '../../../bench/cost/workload.ts';

describe('the arguments of npm run cost', () => {
  it('are the default events, prices and stage without any, and with --write', () => {
    const shipped = { load: DEFAULT_WORKLOAD, stage: 'prod', isOwn: false };

    expect(costArguments([])).toMatchObject({ ...shipped, write: false });
    expect(costArguments(['--write'])).toMatchObject({ ...shipped, write: true });
  });

  it('are a bill of its own with any of them', () => {
    expect(costArguments(['--subscribers', '1', '--event-kb', '0.6'])).toMatchObject({
      load: { ...DEFAULT_WORKLOAD, subscribers: 1, eventKb: 0.6 },
      isOwn: true,
    });
    expect(costArguments(['--stage', 'dev'])).toMatchObject({ stage: 'dev', isOwn: true });
  });

  it.each([
    [['--batch', '0'], '--batch is "0"; a number from 1 to 10 was expected.'],
    [['--batch', '11'], '--batch is "11"'],
    [['--domains', '1000'], '--domains is "1000"; a whole number from 1 to 20 was expected.'],
    [['--handler-ms', '5'], '--handler-ms is "5"; a number from 10 to'],
    [['--ingress-ms', 'NaN'], '--ingress-ms is "NaN"'],
    [['--event-kb', 'x'], '--event-kb is "x"'],
    [['--events-per-month', ''], '--events-per-month is ""'],
    [['--subscribers', '1.5'], '--subscribers is "1.5"; a whole number from 0'],
    [['--region-prices', '/nope.json'], '--region-prices is "/nope.json"'],
    [['--stage', 'prd'], '--stage is "prd"; one of dev, prod, smoke was expected. Did you mean prod?'],
    [['--write', '--batch', '1'], '--write writes the page of the default events'],
    [['--wrong'], "Unknown option '--wrong'"],
    [['stray'], "Unexpected argument 'stray'"],
  ])('are refused with the reason: %j', (args, message) => {
    expect(() => costArguments(args)).toThrow(UsageError);
    expect(() => costArguments(args)).toThrow(message);
  });
});
