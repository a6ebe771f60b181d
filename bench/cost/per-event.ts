import type { Inventory } from './inventory.ts';
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

const KB = 1_000;
const GB = 1e9;
/** Bytes that EventBridge and SQS bill as one event or request. */
const CHUNK_KB = 64;
/** What goes over the bus of an event that is in the bucket: its top-level fields and metadata. */
const REFERENCE_KB = 1;
/** Bytes that CloudWatch Logs adds to each line. */
const LOG_LINE_OVERHEAD = 26;

/** What each event costs. A line that the stage has no use for is left out. */
export function perEvent(inventory: Inventory, prices: Prices, load: Workload): readonly PerEvent[] {
  const { duplicates, batch, byWebhook, byPartnerBus, authorizations, subscribers, foreignBuses } = load;
  const { projecting, refreshing, functions, archiveDays, logDays, payloadDays } = inventory;
  const memory = (name: string) => functions[name] ?? 0;
  const handlerMb = handlerMbOf(inventory);
  const compute = (mb: number, ms: number, gbSecond = prices.lambdaArmGbSecond) =>
    (mb / 1_024) * (ms / 1_000) * gbSecond;
  const cold = (mb: number, invocations: number) => invocations * load.coldShare * compute(mb, load.coldMs);
  const chunksOf = (kb: number) => Math.ceil(kb / CHUNK_KB);
  const deliveryOf = (chunks: number) => (1 + 2 / batch) * chunks * prices.sqsRequest;

  const requests = byWebhook * (1 - authorizations) * (1 + duplicates);
  const overPartnerBus = byPartnerBus * (1 + duplicates);
  const arrivals = requests + authorizations + overPartnerBus;
  const isStored = load.eventKb > inventory.inlineLimitKb;
  const busKb = isStored ? REFERENCE_KB : load.eventKb;
  const publication = chunksOf(busKb) * prices.eventBridgeEvent;
  const delivery = deliveryOf(chunksOf(busKb));
  const subscriber = delivery + prices.lambdaRequest / batch + compute(handlerMb, load.emptyHandlerMs);
  // A second publication and delivery, two more writes of the ledger, and the time that Stripe takes to answer.
  const asked = prices.lambdaRequest / batch + compute(memory('resolver'), load.resolverMs);
  const resolved = publication + delivery + 2 * prices.dynamoDbWriteUnit + asked;
  const rowRead = Math.ceil(load.objectWriteUnits / 4) * prices.dynamoDbReadUnit;
  const rowWritten = load.objectWriteUnits * prices.dynamoDbWriteUnit;
  // The handler asks, the resolver looks at the row, asks Stripe and sends the state, the handler projects it.
  const handled = prices.lambdaRequest / batch + compute(handlerMb, load.handlerMs);
  const refreshed = deliveryOf(1) + asked + deliveryOf(chunksOf(load.eventKb)) + handled + 2 * rowRead + rowWritten;
  const logBytes =
    arrivals * (load.ingressLogBytes + 2 * LOG_LINE_OVERHEAD) +
    (requests + authorizations) * (load.accessLogBytes + LOG_LINE_OVERHEAD) +
    load.handlerLogBytes +
    2 * LOG_LINE_OVERHEAD;
  const storedAndBackedUp = prices.dynamoDbGbMonth + prices.dynamoDbBackupGbMonth;
  const isWarm = inventory.provisionedMb > 0;
  const authorizer = compute(
    memory('authorizer'),
    load.authorizerMs,
    isWarm ? prices.lambdaArmProvisionedRunGbSecond : prices.lambdaArmGbSecond,
  );

  return [
    transport('HTTP API, a request', requests * prices.httpApiRequest),
    transport('ingress, requests', requests * prices.lambdaRequest),
    transport('ingress, compute', requests * compute(memory('ingress'), load.ingressMs)),
    transport('ingress, cold starts', cold(memory('ingress'), requests)),
    ...optional(authorizations, [
      transport('HTTP API and authorizer, a request', prices.httpApiRequest + prices.lambdaRequest),
      transport('authorizer, compute', authorizer),
      allIn('spending, noted and added up', prices.dynamoDbWriteUnit + prices.dynamoDbReadUnit),
    ]),
    ...optional(overPartnerBus, [
      transport('partner bus, an event', chunksOf(load.eventKb) * prices.eventBridgePartnerEvent),
      transport('partner queue: send, receive, delete', deliveryOf(chunksOf(load.eventKb))),
      transport('partner ingress, requests', prices.lambdaRequest / batch),
      transport('partner ingress, compute', compute(memory('partner-ingress'), load.ingressMs)),
    ]),
    transport('ledger, claim and complete', (arrivals + 1) * prices.dynamoDbWriteUnit),
    transport('ledger, a look at each duplicate', (arrivals - 1) * prices.dynamoDbReadUnit),
    transport('bus, PutEvents', publication),
    transport('queue: send, receive, delete', delivery),
    transport('handler, requests', prices.lambdaRequest / batch),
    transport('handler, compute of an empty one', compute(handlerMb, load.emptyHandlerMs)),
    transport('handler, cold starts', cold(handlerMb, 1 / batch)),
    allIn('handler, compute of projection and reaction', compute(handlerMb, load.handlerMs - load.emptyHandlerMs)),
    allIn('objects table, read before write', projecting * rowRead),
    allIn('objects table, write', projecting * rowWritten),
    ...optional(refreshing, [allIn('present state: asked, answered, projected', refreshed)]),
    allIn('ledger, claim and complete of one reaction', 2 * prices.dynamoDbWriteUnit),
    allIn('ledger, look for failures that are over', prices.dynamoDbReadUnit),
    allIn('logs, written', (logBytes / GB) * prices.logsGb),
    allIn('archive, written', ((busKb * KB) / GB) * prices.eventBridgeArchiveGb),
    ...optional(isStored ? 1 : 0, [allIn('bucket, put and read', prices.s3Put + (1 + subscribers) * prices.s3Get)]),
    allIn('traces', inventory.startsTraces ? tracedShare(load) * prices.xrayTrace : 0),
    ...optional(load.thinShare, [allIn(`resolver, for the ${load.thinShare * 100} % that come thin`, resolved)]),
    ...optional(subscribers, [allIn(`${subscribers} subscribers that take every event`, subscriber)]),
    ...optional(foreignBuses, [
      allIn(
        `buses of ${foreignBuses} other accounts that take every event`,
        chunksOf(busKb) * prices.eventBridgeCrossAccountEvent,
      ),
    ]),
    kept('ledger, two rows for 35 days', (load.ledgerBytes * (35 / 30) * storedAndBackedUp) / GB),
    kept('objects table', (projecting * load.newObjects * load.objectWriteUnits * KB * storedAndBackedUp) / GB),
    kept('logs', (logBytes / GB) * (logDays / 30) * prices.logsGbMonth),
    kept('archive', ((busKb * KB) / GB) * (archiveDays / 30) * prices.eventBridgeArchiveGbMonth),
    ...optional(isStored ? 1 : 0, [kept('bucket', ((load.eventKb * KB) / GB) * (payloadDays / 30) * prices.s3GbMonth)]),
  ];
}

/** MB of a handler: all have the same. */
export function handlerMbOf({ functions }: Inventory): number {
  return Object.entries(functions).find(([name]) => name.startsWith('handler-'))?.[1] ?? 0;
}

/** Lines of what happens to an event so many times, which most stages have none of. */
function optional(times: number, lines: readonly PerEvent[]): readonly PerEvent[] {
  return times === 0 ? [] : lines.map((line) => ({ ...line, dollars: times * line.dollars }));
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
