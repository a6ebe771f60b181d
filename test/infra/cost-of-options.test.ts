import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CONFIG } from '#infra/config.ts';
import type { StageConfig } from '#infra/configuration/stage-config.ts';
import { validateConfig } from '#infra/configuration/validate-config.ts';
import { compareSettings, pricing } from '../../bench/cost/compare-settings.ts';
import { objectUnits } from '../../bench/cost/increments.ts';
import { EVENT_COSTS, OPTION_COSTS, type OptionName, type Trial } from '../../bench/cost/option-costs.ts';
import { readPrices } from '../../bench/cost/prices.ts';
import { synthesizer } from '../../bench/cost/synthesize-templates.ts';
import { DEFAULT_WORKLOAD } from '../../bench/cost/workload.ts';

const folder = mkdtempSync(join(tmpdir(), 'cost-of-options-'));
afterAll(() => rmSync(folder, { recursive: true }));

const STAGES = Object.keys(CONFIG) as (keyof typeof CONFIG)[];
const prices = readPrices(undefined);
const synthesize = synthesizer('dev', folder);
const priceStage = pricing(synthesize, prices, 'dev');
const compare = (trial: Trial) => compareSettings(trial, priceStage, {}, DEFAULT_WORKLOAD);
/** What the first trial of an option changes. */
const changeOf = async (option: OptionName) => {
  const [trial] = OPTION_COSTS[option];
  if (typeof trial !== 'object') throw new Error(`${option} has no trial.`);
  return compare(trial);
};

describe('what is tried of an option', () => {
  const trials = Object.entries(OPTION_COSTS).flatMap(([option, cost]) =>
    typeof cost === 'string' ? [] : cost.map((trial) => [option, trial] as const),
  );

  it.each(STAGES)('can be tried on the stage %s, whatever that declares', (stage) => {
    for (const [option, { config = (same: StageConfig) => same, against }] of trials)
      for (const setting of [config, against?.config ?? config])
        expect(() => validateConfig(stage, setting(CONFIG[stage])), option).not.toThrow();
  });
});

describe('what an option changes on the bill, of templates synthesized with it', () => {
  it('is the archive longer by the days that it keeps more', async () => {
    const { perMillion, keptPerMillion, idle } = await changeOf('archiveDays');

    // 330 days more of a million events of 4 KB.
    expect(keptPerMillion).toBeCloseTo(4 * 11 * prices.eventBridgeArchiveGbMonth, 6);
    expect([perMillion, idle]).toEqual([0, 0]);
  });

  it('is an instance that waits all month, of the memory that it has', async () => {
    const { idle } = await changeOf('issuingAuthorization.provisionedConcurrency');

    expect(idle).toBeCloseTo(30 * 24 * 3_600 * prices.lambdaArmProvisionedGbSecond, 6);
  });

  it('is no row read or written without projections, and still a stage that can be deployed', async () => {
    const { perMillion, keptPerMillion } = await changeOf('domains.projection');

    const row = objectUnits(DEFAULT_WORKLOAD.eventKb).written * prices.dynamoDbWriteUnit + prices.dynamoDbReadUnit;
    expect(perMillion).toBeCloseTo(-1e6 * row, 6);
    expect(keptPerMillion).toBeLessThan(0);
  });

  it("is a queue that is polled, and alarms, of another team's subscription", async () => {
    const subscriber = EVENT_COSTS.find(({ what }) => what.includes('one more subscriber'));
    if (subscriber === undefined) throw new Error('unreachable');

    const { idle } = await compare(subscriber);

    // Five polls of 20 s, a month long, at $0.40 a million.
    expect(idle).toBeGreaterThan(0.2592 + prices.alarmMetricMonth);
  });

  it('names what has no price, and invents none', async () => {
    const { unpriced, idle } = await changeOf('alarms.page');

    expect(unpriced).toHaveLength(2);
    expect(idle).toBe(0);
  });
});
