import { expect, it } from 'vitest';
import { billOf, readsOf } from '../../../bench/cost/bill.ts';
import { readInventory } from '../../../bench/cost/inventory.ts';
import { readPrices } from '../../../bench/cost/prices.ts';
import type { Template } from '../../../bench/cost/template-facts.ts';
import { DEFAULT_WORKLOAD } from '../../../bench/cost/workload.ts';
import { synthesize } from '../synthesize.ts';

it('what watching costs is at most $15 a month for a stage that nobody uses, whatever it costs more grows with use', async () => {
  const inventory = readInventory([synthesize().operations.toJSON() as Template]);

  const { idle, months } = billOf(
    inventory,
    { ...(await readsOf(inventory)), ofSubscriber: 0 },
    readPrices(undefined),
    DEFAULT_WORKLOAD,
  );

  expect(idle, JSON.stringify(months)).toBeLessThanOrEqual(15);
  expect(idle, JSON.stringify(months)).toBeGreaterThan(8);
});
