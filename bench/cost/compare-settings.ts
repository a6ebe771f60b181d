import type { StageConfig } from '#infra/configuration/stage-config.ts';
import { addSubscriber } from './add-subscriber.ts';
import { type Bill, billOf, readsOf } from './bill.ts';
import { type Inventory, readInventory } from './inventory.ts';
import type { Setting, Trial } from './option-costs.ts';
import { idleDollars } from './per-month.ts';
import type { Prices } from './prices.ts';
import type { Synthesize } from './synthesize-templates.ts';
import type { Workload } from './workload.ts';

/** A stage of which the bill can be made out for any workload. */
export interface PricedStage {
  readonly inventory: Inventory;
  readonly billFor: (load: Workload) => Bill;
}

export type PriceStage = (config: StageConfig) => Promise<PricedStage>;

/** What a setting changes in dollars, and what of it no price is known for. */
export interface Difference {
  readonly what: string;
  readonly perMillion: number;
  readonly keptPerMillion: number;
  readonly idle: number;
  readonly active: number;
  readonly unpriced: readonly string[];
}

/** Prices configurations of one stage, each of them synthesized once. */
export function pricing(synthesize: Synthesize, prices: Prices, stage: string): PriceStage {
  const priced = new Map<string, Promise<PricedStage>>();
  let subscriberIdle: number | undefined;
  const price = async (config: StageConfig): Promise<PricedStage> => {
    const inventory = readInventory(synthesize(config));
    const reads = await readsOf(inventory);
    // The stack of a subscriber is the same beside any configuration of the stage.
    subscriberIdle ??=
      idleDollars(readInventory(synthesize(config, (app) => addSubscriber(app, stage))), reads, prices) -
      idleDollars(inventory, reads, prices);
    const ofSubscriber = subscriberIdle;
    return { inventory, billFor: (load) => billOf(inventory, { ...reads, ofSubscriber }, prices, load) };
  };
  return (config) => {
    const key = JSON.stringify(config);
    const stageOf = priced.get(key) ?? price(config);
    priced.set(key, stageOf);
    return stageOf;
  };
}

/** What a trial changes, of templates that were synthesized with it and of those without it. */
export async function compareSettings(
  { what, against, ...trial }: Trial,
  priceStage: PriceStage,
  config: StageConfig,
  load: Workload,
): Promise<Difference> {
  const billOf = async (setting: Setting | undefined) => {
    const stage = await priceStage(setting?.config?.(config) ?? config);
    return { stage, bill: stage.billFor({ ...load, ...setting?.load?.(load) }) };
  };
  const [before, after] = [await billOf(against), await billOf(trial)];
  const known = before.stage.inventory.unpriced;
  return {
    what,
    perMillion: after.bill.allIn - before.bill.allIn,
    keptPerMillion: after.bill.kept - before.bill.kept,
    idle: after.bill.idle - before.bill.idle,
    active: after.bill.active - before.bill.active,
    unpriced: [
      ...(trial.unpriced ?? []),
      ...after.stage.inventory.unpriced.filter((reason) => !known.includes(reason)),
    ],
  };
}
