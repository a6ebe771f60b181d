import type { Inventory } from './inventory.ts';
import type { MetricsRead } from './metrics-read.ts';
import type { Prices } from './prices.ts';
import type { Workload } from './workload.ts';

/** What a line counts towards: moving an event, all else done once for it, or what is kept of it, each month again. */
export type Part = 'transport' | 'all-in' | 'kept';

/** One line of the bill that grows with the events. */
export interface PerEvent {
  readonly what: string;
  readonly part: Part;
  /** Dollars for one event. */
  readonly dollars: number;
}

/** One line that is there whatever the number of events. */
export interface PerMonth {
  readonly what: string;
  /** `idle`: of a deployment that sees no event. `active`: as soon as there are events. */
  readonly when: 'idle' | 'active';
  readonly dollars: number;
}

const KB = 1_000;
const GB = 1e9;
/** Bytes that EventBridge bills as one event. */
const EVENT_CHUNK_KB = 64;
/** Lambda keeps five long polls of 20 s open at each queue, day and night. */
const IDLE_POLLS_A_MONTH = (5 * 30 * 24 * 3_600) / 20;
/** Bytes that CloudWatch Logs adds to each line. */
const LOG_LINE_OVERHEAD = 26;

/** What each event costs. */
export function perEvent(inventory: Inventory, prices: Prices, load: Workload): readonly PerEvent[] {
  const requests = 1 + load.duplicates;
  const chunks = Math.ceil(load.eventKb / EVENT_CHUNK_KB);
  const memory = (name: RegExp) =>
    Object.entries(inventory.functions).find(([functionName]) => name.test(functionName))?.[1] ?? 0;
  const compute = (mb: number, ms: number) => (mb / 1_024) * (ms / 1_000) * prices.lambdaArmGbSecond;
  const ingressMb = memory(/-ingress$/);
  const handlerMb = memory(/-handler-/);
  const cold = (mb: number, invocations: number) => invocations * load.coldShare * compute(mb, load.coldMs);
  const logBytes =
    requests * (load.ingressLogBytes + load.accessLogBytes + 3 * LOG_LINE_OVERHEAD) +
    load.handlerLogBytes +
    2 * LOG_LINE_OVERHEAD;
  const sqsPerDelivery = (1 + 2 / load.batch) * chunks * prices.sqsRequest;
  const subscriber = sqsPerDelivery + prices.lambdaRequest / load.batch + compute(handlerMb, load.emptyHandlerMs);
  // A second publication and delivery, two more writes of the ledger, and the time that Stripe takes to answer.
  const resolved =
    chunks * prices.eventBridgeEvent +
    sqsPerDelivery +
    2 * prices.dynamoDbWriteUnit +
    prices.lambdaRequest / load.batch +
    compute(memory(/-resolver$/), load.resolverMs);
  const storedAndBackedUp = prices.dynamoDbGbMonth + prices.dynamoDbBackupGbMonth;
  return [
    transport('HTTP API, a request', requests * prices.httpApiRequest),
    transport('ingress, requests', requests * prices.lambdaRequest),
    transport('ingress, compute', requests * compute(ingressMb, load.ingressMs)),
    transport('ingress, cold starts', cold(ingressMb, requests)),
    transport('ledger, claim and complete', (2 + load.duplicates) * prices.dynamoDbWriteUnit),
    transport('ledger, a look at each duplicate', load.duplicates * prices.dynamoDbReadUnit),
    transport('bus, PutEvents', chunks * prices.eventBridgeEvent),
    transport('queue: send, receive, delete', sqsPerDelivery),
    transport('handler, requests', prices.lambdaRequest / load.batch),
    transport('handler, compute of an empty one', compute(handlerMb, load.emptyHandlerMs)),
    transport('handler, cold starts', cold(handlerMb, 1 / load.batch)),
    allIn('handler, compute of projection and reaction', compute(handlerMb, load.handlerMs - load.emptyHandlerMs)),
    allIn('objects table, read before write', Math.ceil(load.objectWriteUnits / 4) * prices.dynamoDbReadUnit),
    allIn('objects table, write', load.objectWriteUnits * prices.dynamoDbWriteUnit),
    allIn('ledger, claim and complete of one reaction', 2 * prices.dynamoDbWriteUnit),
    allIn('ledger, look for failures that are over', prices.dynamoDbReadUnit),
    allIn('logs, written', (logBytes / GB) * prices.logsGb),
    allIn('archive, written', ((load.eventKb * KB) / GB) * prices.eventBridgeArchiveGb),
    allIn('traces', inventory.startsTraces ? tracedShare(load) * prices.xrayTrace : 0),
    ...(load.thinShare > 0
      ? [allIn(`resolver, for the ${load.thinShare * 100} % that come thin`, load.thinShare * resolved)]
      : []),
    ...(load.subscribers > 0
      ? [allIn(`${load.subscribers} subscribers that take every event`, load.subscribers * subscriber)]
      : []),
    kept('ledger, two rows for 35 days', (load.ledgerBytes * (35 / 30) * storedAndBackedUp) / GB),
    kept('objects table', (load.newObjects * load.objectWriteUnits * KB * storedAndBackedUp) / GB),
    kept('logs', (logBytes / GB) * prices.logsGbMonth),
    kept('archive', ((load.eventKb * KB) / GB) * (inventory.archiveDays / 30) * prices.eventBridgeArchiveGbMonth),
  ];
}

/** What a month costs besides. */
export function perMonth(
  inventory: Inventory,
  reads: MetricsRead,
  prices: Prices,
  load: Workload,
): readonly PerMonth[] {
  const metrics = load.destinations * load.metricsPerDestination + load.domains * load.metricsPerDomain;
  return [
    idle(`${inventory.alarmMetrics} metrics under alarm`, inventory.alarmMetrics * prices.alarmMetricMonth),
    idle(`${inventory.compositeAlarms} composite alarms`, inventory.compositeAlarms * prices.compositeAlarmMonth),
    idle(`${inventory.dashboards} dashboards`, inventory.dashboards * prices.dashboardMonth),
    idle(`${inventory.secrets} secrets`, inventory.secrets * prices.secretMonth),
    idle(`${inventory.kmsKeys} keys`, inventory.kmsKeys * prices.kmsKeyMonth),
    idle(
      `empty polls of ${inventory.polledQueues} queues`,
      inventory.polledQueues * IDLE_POLLS_A_MONTH * prices.sqsRequest,
    ),
    idle('metrics that the delivery check reads', inventory.deliveryChecks * reads.idle * prices.metricRead),
    idle('scheduled checks', inventory.scheduledInvocations * (prices.schedulerInvocation + prices.lambdaRequest)),
    active(
      `${metrics} metrics of ${load.domains} domains and ${load.destinations} destinations`,
      metrics * prices.customMetricMonth,
    ),
    active(
      `metrics that the delivery check reads of ${load.domains} domains`,
      inventory.deliveryChecks * load.domains * reads.perDomain * prices.metricRead,
    ),
    active('secrets read by function instances', load.instances * 12 * 24 * 30 * prices.secretCall),
  ];
}

function transport(what: string, dollars: number): PerEvent {
  return { what, part: 'transport', dollars };
}

function allIn(what: string, dollars: number): PerEvent {
  return { what, part: 'all-in', dollars };
}

function kept(what: string, dollars: number): PerEvent {
  return { what, part: 'kept', dollars };
}

/** Lambda traces the first request of each second and one in twenty beyond; handlers continue what the ingress began. */
function tracedShare({ eventsPerMonth }: Workload): number {
  const perSecond = eventsPerMonth / (30 * 24 * 3_600);
  return perSecond <= 1 ? 1 : (1 + 0.05 * (perSecond - 1)) / perSecond;
}

function idle(what: string, dollars: number): PerMonth {
  return { what, when: 'idle', dollars };
}

function active(what: string, dollars: number): PerMonth {
  return { what, when: 'active', dollars };
}
