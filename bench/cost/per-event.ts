import { chunksOf, gigabytes, httpRequestsOf, objectUnits, queueRequestsOf } from './increments.ts';
import type { Inventory } from './inventory.ts';
import { loggedOfEvent } from './logged.ts';
import { plural } from './plural.ts';
import type { Prices } from './prices.ts';
import { reconciling } from './reconciling.ts';
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

/** KB that go over the bus of an event that is in the bucket: its top-level fields and metadata. */
const REFERENCE_KB = 1;
/** KB of a thin event, and of a request for an object's present state. */
const NOTIFICATION_KB = 1;

/** What each event costs. A line that the stage has no use for is left out. */
export function perEvent(inventory: Inventory, prices: Prices, load: Workload): readonly PerEvent[] {
  const { duplicates, batch, byWebhook, byPartnerBus, authorizations, thinShare, subscribers, foreignBuses } = load;
  const { projecting, refreshing, functions, archiveDays, logDays, payloadDays } = inventory;
  const memory = (name: string) => functions[name] ?? 0;
  const handlerMb = handlerMbOf(inventory);
  const compute = (mb: number, ms: number, gbSecond = prices.lambdaArmGbSecond) =>
    (mb / 1_024) * (ms / 1_000) * gbSecond;
  const cold = (mb: number, invocations: number) => invocations * load.coldShare * compute(mb, load.coldMs);
  const deliveryOf = (kb: number) => queueRequestsOf(kb, batch) * prices.sqsRequest;
  const publicationOf = (kb: number) => chunksOf(kb) * prices.eventBridgeEvent;
  /** Of snapshots and thin events, of which each has another size when it comes. */
  const asItComes = (of: (kb: number) => number) =>
    (1 - thinShare) * of(load.eventKb) + thinShare * of(NOTIFICATION_KB);

  const requests = byWebhook * (1 - authorizations) * (1 + duplicates);
  const overPartnerBus = byPartnerBus * (1 + duplicates);
  const arrivals = requests + authorizations + overPartnerBus;
  const isStored = load.eventKb > inventory.inlineLimitKb;
  const busKb = isStored ? REFERENCE_KB : load.eventKb;
  const delivery = deliveryOf(busKb);
  const failuresLookedFor = prices.dynamoDbReadUnit;
  const subscriber = delivery + prices.lambdaRequest / batch + compute(handlerMb, load.emptyHandlerMs);
  const asked =
    prices.lambdaRequest / batch +
    compute(memory('resolver'), load.resolverMs) +
    cold(memory('resolver'), 1 / batch) +
    gigabytes(load.stripeRequestBytes / 1_000) * prices.dataOutGb +
    failuresLookedFor;
  // The notification's own way over bus and queue, its stage of the ledger, and the row of its snapshot twin.
  const notified =
    publicationOf(NOTIFICATION_KB) +
    deliveryOf(NOTIFICATION_KB) +
    4 * prices.dynamoDbWriteUnit +
    prices.dynamoDbReadUnit +
    gigabytes(NOTIFICATION_KB) * prices.eventBridgeArchiveGb;
  const object = objectUnits(load.eventKb);
  const rowRead = object.read * prices.dynamoDbReadUnit;
  const rowWritten = object.written * prices.dynamoDbWriteUnit + (object.bucketKb > 0 ? prices.s3Put : 0);
  // The handler asks, the resolver looks at the row, asks Stripe and sends the state, the handler projects it.
  const handled = prices.lambdaRequest / batch + compute(handlerMb, load.handlerMs) + failuresLookedFor;
  const stateStored = isStored ? prices.s3Put + prices.s3Get : 0;
  const looks = reconciling(inventory, prices, load).perEvent;
  const refreshed = deliveryOf(NOTIFICATION_KB) + asked + delivery + stateStored + handled + 2 * rowRead + rowWritten;
  const loggedGb = gigabytes(loggedOfEvent(inventory, load, { requests, overPartnerBus }));
  const storedAndBackedUp = prices.dynamoDbGbMonth + prices.dynamoDbBackupGbMonth;
  const authorizer =
    inventory.provisionedMb > 0
      ? compute(memory('authorizer'), load.authorizerMs, prices.lambdaArmProvisionedRunGbSecond)
      : compute(memory('authorizer'), load.authorizerMs) + cold(memory('authorizer'), 1);

  return [
    transport('HTTP API, a request', requests * asItComes(httpRequestsOf) * prices.httpApiRequest),
    transport('ingress, requests', requests * prices.lambdaRequest),
    transport('ingress, compute', requests * compute(memory('ingress'), load.ingressMs)),
    transport('ingress, cold starts', cold(memory('ingress'), requests)),
    ...optional(authorizations, [
      transport(
        'HTTP API and authorizer, a request',
        httpRequestsOf(load.eventKb) * prices.httpApiRequest + prices.lambdaRequest,
      ),
      transport('authorizer, compute', authorizer),
      allIn('spending, noted and added up', prices.dynamoDbWriteUnit + prices.dynamoDbReadUnit),
    ]),
    ...optional(overPartnerBus, [
      transport('partner bus, an event', asItComes(chunksOf) * prices.eventBridgePartnerEvent),
      transport('partner queue: send, receive, delete', asItComes(deliveryOf)),
      transport('partner ingress, requests', prices.lambdaRequest / batch),
      transport(
        'partner ingress, compute',
        compute(memory('partner-ingress'), load.ingressMs) + cold(memory('partner-ingress'), 1 / batch),
      ),
      allIn('partner ingress, look for failures that are over', failuresLookedFor),
    ]),
    transport('ledger, claim and complete', (arrivals + 1) * prices.dynamoDbWriteUnit),
    transport('ledger, a look at each duplicate', (arrivals - 1) * prices.dynamoDbReadUnit),
    transport('bus, PutEvents', publicationOf(busKb)),
    transport('queue: send, receive, delete', delivery),
    transport('handler, requests', prices.lambdaRequest / batch),
    transport('handler, compute of an empty one', compute(handlerMb, load.emptyHandlerMs)),
    transport('handler, cold starts', cold(handlerMb, 1 / batch)),
    allIn('handler, compute of projection and reaction', compute(handlerMb, load.handlerMs - load.emptyHandlerMs)),
    allIn('objects table, read before write', projecting * rowRead),
    allIn('objects table, write', projecting * rowWritten),
    ...optional(refreshing, [allIn('present state: asked, answered, projected', refreshed)]),
    allIn('ledger, claim and complete of one reaction', 2 * prices.dynamoDbWriteUnit),
    allIn('ledger, look for failures that are over', failuresLookedFor),
    ...optional(looks > 0 ? 1 : 0, [allIn("reconciler, a look at Stripe's list and the ledger", looks)]),
    allIn('logs, written', loggedGb * prices.logsGb),
    allIn('archive, written', gigabytes(busKb) * prices.eventBridgeArchiveGb),
    allIn(
      'answers to Stripe, data transfer out',
      (requests + authorizations) * gigabytes(load.answerBytes / 1_000) * prices.dataOutGb,
    ),
    ...optional(isStored ? 1 : 0, [allIn('bucket, put and read', prices.s3Put + (1 + subscribers) * prices.s3Get)]),
    ...optional(inventory.startsTraces ? tracedShare(load) : 0, [allIn('traces', prices.xrayTrace)]),
    ...optional(thinShare, [allIn(`resolver, for the ${thinShare * 100} % that come thin`, notified + asked)]),
    ...optional(subscribers, [allIn(`${plural(subscribers, 'subscriber')} of every event`, subscriber)]),
    ...optional(foreignBuses, [
      allIn(
        `buses of other accounts, ${foreignBuses}, for every event`,
        chunksOf(busKb) * prices.eventBridgeCrossAccountEvent,
      ),
    ]),
    kept('ledger, two rows for 35 days', gigabytes(load.ledgerBytes / 1_000) * (35 / 30) * storedAndBackedUp),
    kept('objects table', projecting * load.newObjects * gigabytes(object.written) * storedAndBackedUp),
    kept('logs', loggedGb * (logDays / 30) * prices.logsGbMonth),
    kept(
      'archive',
      gigabytes(busKb + thinShare * NOTIFICATION_KB) * (archiveDays / 30) * prices.eventBridgeArchiveGbMonth,
    ),
    ...optional(isStored ? 1 + refreshing : 0, [
      kept('bucket', gigabytes(load.eventKb) * (payloadDays / 30) * prices.s3GbMonth),
    ]),
    ...optional(object.bucketKb > 0 ? projecting : 0, [
      kept('bucket, of objects', load.newObjects * gigabytes(object.bucketKb) * prices.s3GbMonth),
    ]),
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
