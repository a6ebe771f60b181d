import type { StageConfig } from '#infra/configuration/stage-config.ts';
import { dollarsAndCents, totals } from './bounds.ts';
import { compareSettings, type Difference, type PriceStage } from './compare-settings.ts';
import { type CostPoint, compact } from './cost-plot.ts';
import { EVENT_COSTS, OPTION_COSTS, type Trial } from './option-costs.ts';
import { perIncident } from './per-incident.ts';
import { plural } from './plural.ts';
import { originOf, type Prices } from './prices.ts';
import { quotaUse } from './quotas.ts';
import { table } from './table.ts';
import type { Workload } from './workload.ts';

/** Share of a quota from which it is named. */
const NEARLY_USED = 0.7;
/** Events a month for which a stage is looked at, besides those that are asked for. */
const SCALES = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

interface ReportOptions {
  readonly stage: string;
  readonly config: StageConfig;
  /** Invocations at once that the account allows. */
  readonly accountConcurrency: number;
  readonly priceStage: PriceStage;
  readonly prices: Prices;
  readonly load: Workload;
  /** Whether the bounds are about this bill. */
  readonly isBound: boolean;
}

/** The whole bill of a stage, in words and tables, and the points of its plot. */
export async function costReport(given: ReportOptions): Promise<{ text: string; points: readonly CostPoint[] }> {
  const { stage, config, priceStage, prices, load, accountConcurrency } = given;
  const { inventory, billFor } = await priceStage(config);
  const bill = billFor(load);
  const compared = ({ what, ...trial }: Trial, option = '') =>
    compareSettings({ ...trial, what: `${option}${what}` }, priceStage, config, load);
  const options = Object.entries(OPTION_COSTS);
  const tried = options.flatMap(([option, cost]) =>
    typeof cost === 'string' ? [] : cost.map((trial) => compared(trial, `\`${option}\`: `)),
  );
  const scales = [...new Set([...SCALES, load.eventsPerMonth])].toSorted((a, b) => a - b);
  const points = scales.map((eventsPerMonth) => ({
    eventsPerMonth,
    dollars: billFor({ ...load, eventsPerMonth }).month,
  }));
  const lines = [
    `Prices: ${originOf(prices)}. Stage ${stage}, ${plural(load.eventsPerMonth, 'event')} a month of ${load.eventKb} KB in ${plural(load.domains, 'domain')}, batches of ${load.batch}, ${plural(load.subscribers, 'subscriber')}.`,
    '',
    table(
      ['Per event', '', '$ per million', '$ a month'],
      bill.events.map(({ what, part, dollars }) => [what, part, dollars * 1e6, dollars * load.eventsPerMonth]),
    ),
    table(
      ['Per month', '', '$ a month'],
      bill.months.map(({ what, when, dollars }) => [what, when, dollars]),
    ),
    totals(bill, given.isBound),
    `This month: $${dollarsAndCents(bill.month)}.`,
    '',
    table(
      ['When something happens', '$ per thousand'],
      perIncident(inventory, prices, load).map(({ what, dollars }) => [what, dollars * 1e3]),
    ),
    differences('What other events change', await Promise.all(EVENT_COSTS.map((trial) => compared(trial)))),
    differences('What an option of infra/config.ts changes', await Promise.all(tried)),
    table(
      ['Options without a line', 'What they change'],
      [
        ...Map.groupBy(
          options.filter(([, cost]) => typeof cost === 'string'),
          ([, cost]) => String(cost),
        ),
      ].map(([why, those]) => [those.map(([option]) => `\`${option}\``).join(', '), why]),
    ),
    table(
      ['Events a month', '$ a month'],
      points.map(({ eventsPerMonth, dollars }) => [compact(eventsPerMonth), dollars]),
    ),
    table(
      ['Events a month', 'Quotas that bind first, at a peak of 10 × the average', 'Used', 'What to raise or change'],
      scales.flatMap((eventsPerMonth) =>
        quotaUse(inventory, { ...load, eventsPerMonth }, { prices, accountConcurrency })
          .filter(({ used }, i) => i === 0 || used >= NEARLY_USED)
          .map(({ what, used, remedy }) => [
            compact(eventsPerMonth),
            what,
            `${Math.round(used * 100).toLocaleString('en')} %`,
            remedy,
          ]),
      ),
    ),
  ];
  return { text: lines.join('\n'), points };
}

/** A table of differences, and below it what no price is known for. */
function differences(title: string, all: readonly Difference[]): string {
  const rows = table(
    [title, '$ per million', 'kept, $ per million', '$ a month idle', '$ a month active'],
    all.map(({ what, perMillion, keptPerMillion, idle, active, unpriced }) => [
      ...[unpriced.length > 0 ? `${what} (not all priced)` : what, perMillion, keptPerMillion, idle, active],
    ]),
  );
  const unpriced = [...new Set(all.flatMap((difference) => difference.unpriced))];
  return [rows, ...unpriced.map((reason) => `Not priced: ${reason}.\n`)].join('\n');
}
