import { gigabytes } from './increments.ts';
import type { Inventory } from './inventory.ts';
import type { Prices } from './prices.ts';
import type { Workload } from './workload.ts';

/** Rounds that look at an event: one begins each hour, two hours before the end of the one before. */
const LOOKS = 3;
const EVENTS_ON_A_PAGE = 100;
/** Lists of the own account: snapshots, thin events, and those that Stripe lost. */
export const OWN_LISTS = 3;
/** How a list stands, in the job's row and in its own. */
const WRITES_PER_LIST = 2;

/** What the hourly comparison with Stripe's lists costs, once an API key is stored. */
export interface Reconciling {
  /** Dollars for each event that is on a list. */
  readonly perEvent: number;
  /** Dollars for each list of a round, be it empty. */
  readonly perList: number;
}

export function reconciling({ functions, scheduled }: Inventory, prices: Prices, load: Workload): Reconciling {
  if ((scheduled.reconciler ?? 0) === 0) return { perEvent: 0, perList: 0 };
  const page =
    ((functions.reconciler ?? 0) / 1_024) * (load.stripeListMs / 1_000) * prices.lambdaArmGbSecond +
    gigabytes(load.stripeRequestBytes / 1_000) * prices.dataOutGb;
  // Not a consistent read, which is half a unit.
  const look = prices.dynamoDbReadUnit / 2 + (page + prices.dynamoDbWriteUnit) / EVENTS_ON_A_PAGE;
  return { perEvent: LOOKS * look, perList: page + WRITES_PER_LIST * prices.dynamoDbWriteUnit };
}
