import { gigabytes } from './increments.ts';
import type { Inventory } from './inventory.ts';
import { loggedOfRuns } from './logged.ts';
import type { MetricsRead } from './metrics-read.ts';
import { metricsWritten } from './metrics-written.ts';
import { plural } from './plural.ts';
import type { Prices } from './prices.ts';
import { OWN_LISTS, reconciling } from './reconciling.ts';
import { DEFAULT_WORKLOAD, type Workload } from './workload.ts';

/** One line that is there whatever the number of events. */
export interface PerMonth {
  readonly what: string;
  /** `idle`: of a deployment that sees no event. `active`: as soon as there are events. */
  readonly when: 'idle' | 'active';
  readonly dollars: number;
}

/** What of a month the templates of the stage do not say by themselves. */
export interface MonthlyFacts extends MetricsRead {
  /** Dollars a month of what another team deploys for one subscription: its polled queue, its alarms. */
  readonly ofSubscriber: number;
}

const HOURS_A_MONTH = 30 * 24;
const SECONDS_A_MONTH = HOURS_A_MONTH * 3_600;
/** Lambda keeps five long polls of 20 s open at each queue, day and night. */
const IDLE_POLLS_A_MONTH = (5 * SECONDS_A_MONTH) / 20;

/** What a month costs besides. A line that the stage has no use for is left out. */
export function perMonth(
  inventory: Inventory,
  facts: MonthlyFacts,
  prices: Prices,
  load: Workload,
): readonly PerMonth[] {
  const written = metricsWritten(inventory, load).map(({ of, about, times, when, names }) => {
    const metrics = times * names.length;
    const what = `${plural(metrics, 'metric')} of ${plural(times, of)}${about === undefined ? '' : `, about ${about}`}`;
    // Billed by the hour in which it is written.
    const hours = when === 'idle' ? HOURS_A_MONTH : Math.min(HOURS_A_MONTH, load.eventsPerMonth / times);
    return { what, when, dollars: metrics * (hours / HOURS_A_MONTH) * prices.customMetricMonth };
  });
  const scheduled = Object.entries(inventory.scheduled);
  const timesOf = (name: string) => inventory.scheduled[name] ?? 0;
  const invocations = scheduled.reduce((sum, [, times]) => sum + times, 0);
  const gbSeconds = scheduled.reduce(
    (sum, [name, times]) => sum + times * ((inventory.functions[name] ?? 0) / 1_024) * (load.scheduledMs / 1_000),
    0,
  );
  const listsEachHour = (lists: number) => lists * HOURS_A_MONTH * reconciling(inventory, prices, load).perList;
  // An instance knows the keys for five minutes: the check of destinations reads them each time, and each round.
  const keyReads = timesOf('destination-check') + Math.min(HOURS_A_MONTH, timesOf('reconciler'));
  return [
    idle(`${plural(inventory.alarmMetrics, 'metric')} under alarm`, inventory.alarmMetrics * prices.alarmMetricMonth),
    idle(plural(inventory.compositeAlarms, 'composite alarm'), inventory.compositeAlarms * prices.compositeAlarmMonth),
    idle(plural(inventory.dashboards, 'dashboard'), inventory.dashboards * prices.dashboardMonth),
    idle(plural(inventory.secrets, 'secret'), inventory.secrets * prices.secretMonth),
    idle(plural(inventory.kmsKeys, 'key'), inventory.kmsKeys * prices.kmsKeyMonth),
    idle(
      `empty polls of ${plural(inventory.polledQueues, 'queue')}`,
      inventory.polledQueues * IDLE_POLLS_A_MONTH * prices.sqsRequest,
    ),
    ...(inventory.provisionedMb > 0
      ? [
          idle(
            `${inventory.provisionedMb} MB of instances kept warm`,
            (inventory.provisionedMb / 1_024) * SECONDS_A_MONTH * prices.lambdaArmProvisionedGbSecond,
          ),
        ]
      : []),
    idle('metrics that the delivery check reads', timesOf('delivery-check') * facts.idle * prices.metricRead),
    idle('scheduled functions, requests', invocations * (prices.schedulerInvocation + prices.lambdaRequest)),
    idle('scheduled functions, compute', gbSeconds * prices.lambdaArmGbSecond),
    idle(
      'scheduled functions, logs',
      gigabytes(loggedOfRuns(invocations)) * (prices.logsGb + (inventory.logDays / 30) * prices.logsGbMonth),
    ),
    idle("ledger, the reconciler's lease", timesOf('reconciler') * 2 * prices.dynamoDbWriteUnit),
    idle('reconciler, lists of the own account', listsEachHour(OWN_LISTS)),
    idle('secrets read by scheduled functions', keyReads * prices.secretCall),
    ...written.filter(({ when }) => when === 'idle'),
    ...(load.subscribers > 0
      ? [idle(`queue and alarms of ${plural(load.subscribers, 'subscriber')}`, load.subscribers * facts.ofSubscriber)]
      : []),
    ...written.filter(({ when }) => when === 'active'),
    ...(load.connectedAccounts > 0
      ? [
          active(
            `reconciler, lists of ${plural(load.connectedAccounts, 'connected account')}`,
            listsEachHour(load.connectedAccounts),
          ),
        ]
      : []),
    active(
      `metrics that the delivery check reads of ${plural(load.domains, 'domain')}`,
      timesOf('delivery-check') * load.domains * facts.perDomain * prices.metricRead,
    ),
    active(
      'secrets read by function instances',
      Math.min(load.eventsPerMonth, load.instances * 12 * HOURS_A_MONTH) * prices.secretCall,
    ),
  ];
}

/** Dollars a month of templates that see no event. */
export function idleDollars(inventory: Inventory, reads: MetricsRead, prices: Prices): number {
  const lines = perMonth(inventory, { ...reads, ofSubscriber: 0 }, prices, { ...DEFAULT_WORKLOAD, subscribers: 0 });
  return lines.filter(({ when }) => when === 'idle').reduce((sum, { dollars }) => sum + dollars, 0);
}

function idle(what: string, dollars: number): PerMonth {
  return { what, when: 'idle', dollars };
}

function active(what: string, dollars: number): PerMonth {
  return { what, when: 'active', dollars };
}
