import type { Inventory } from './inventory.ts';
import { type MetricsRead, metricsRead } from './metrics-read.ts';
import { type PerEvent, perEvent } from './per-event.ts';
import { type MonthlyFacts, type PerMonth, perMonth } from './per-month.ts';
import type { Prices } from './prices.ts';
import type { Workload } from './workload.ts';

/** What a stage costs, line by line, and in sum. */
export interface Bill {
  readonly events: readonly PerEvent[];
  readonly months: readonly PerMonth[];
  /** Dollars per million events: moving them, all that is done once for them, and what is kept of them for a month. */
  readonly transport: number;
  readonly allIn: number;
  readonly kept: number;
  /** Dollars a month without an event, and more as soon as there are events. */
  readonly idle: number;
  readonly active: number;
  /** Dollars a month with the events of the workload. */
  readonly month: number;
}

export function billOf(inventory: Inventory, facts: MonthlyFacts, prices: Prices, load: Workload): Bill {
  const events = perEvent(inventory, prices, load);
  const months = perMonth(inventory, facts, prices, load);
  const [idle, active] = (['idle', 'active'] as const).map((when) => sum(months.filter((line) => line.when === when)));
  return {
    events,
    months,
    transport: sum(events.filter(({ part }) => part === 'transport')) * 1e6,
    allIn: sum(events.filter(({ part }) => part !== 'kept')) * 1e6,
    kept: sum(events.filter(({ part }) => part === 'kept')) * 1e6,
    idle: idle ?? 0,
    active: active ?? 0,
    month: sum(events) * load.eventsPerMonth + sum(months),
  };
}

/** @throws {Error} the templates have no delivery check, whose reads are a line of the bill */
export async function readsOf({ deliveryCheck }: Inventory): Promise<MetricsRead> {
  if (deliveryCheck === undefined) throw new Error('The templates have no delivery check.');
  return metricsRead(deliveryCheck);
}

function sum(lines: readonly { readonly dollars: number }[]): number {
  return lines.reduce((dollars, line) => dollars + line.dollars, 0);
}
