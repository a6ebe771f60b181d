import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import { deadLetterQueueName, type QueueOwner, queueName, ruleName } from '#shared/naming/resource-names.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { MetricQuery, MetricReader, TimeRange } from '#shared/ports/metric-reader.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import { DLQ_RETENTION_SECONDS, QUEUE_RETENTION_SECONDS } from '#shared/queues/retention.ts';
import { type CheckWindow, checkWindow } from './check-window.ts';
import { type Tally, undelivered, unrouted } from './undelivered.ts';
import * as metrics from './watched-metrics.ts';

export interface DeliveryCheckPorts {
  readonly stage: string;
  readonly destinations: readonly string[];
  /** Names of endpoints whose requests are answered first and put on the bus then. */
  readonly authorizers: readonly string[];
  readonly partnerSources: readonly metrics.Partner[];
  /** Domains whose events are handled; those of the others only lie in the archive. */
  readonly handledDomains: readonly DomainOrUnrecognized[];
  readonly queueOwners: readonly QueueOwner[];
  readonly metrics: MetricReader;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

/** Percent of its retention at which a message must be looked after: half is left. */
const EXPIRES_SOON = 50;

/**
 * Compares, per domain, what the bus matched in the last day with what was handled, parked, or waits; and looks for
 * messages that are about to be too old. Says what it found in the log, with the command that repairs it, and as two
 * metrics that alarms watch.
 * @throws {MetricsUnavailable} then neither metric is written, and the run counts as failed
 */
export async function checkDelivery(ports: DeliveryCheckPorts, signal: AbortSignal): Promise<void> {
  const window = checkWindow(ports.clock.now());
  const read: Read = (queries, range) => ports.metrics.read(queries, range, signal);

  let missing = await missingFromPartners(ports, read, window);
  missing += await missingOnBus(ports, read, window);
  missing += await missingInResolver(ports, read, window);
  for (const domain of ports.handledDomains) missing += await missingIn(domain, ports, read, window);
  const retentionUsed = await mostRetentionUsed(ports, read, window.waiting);
  ports.telemetry.count('Undelivered', missing);
  ports.telemetry.count('RetentionUsedPercent', retentionUsed);
}

type Read = (queries: readonly MetricQuery[], range: TimeRange) => Promise<readonly number[]>;

async function missingIn(domain: DomainOrUnrecognized, ports: DeliveryCheckPorts, read: Read, window: CheckWindow) {
  const { stage, telemetry } = ports;
  const [published, settled] = [metrics.published(stage, domain), metrics.settled(stage, domain)];
  const tally = await tallyOf(stage, domain, published, settled, read, window);
  const missing = undelivered(tally);
  if (missing > 0) {
    const repair = `${replayOf(window)} --domain ${domain}`;
    telemetry.log('error', 'published but not delivered', { of: domain, ...tally, undelivered: missing, repair });
  }
  return missing;
}

async function missingInResolver({ stage, telemetry }: DeliveryCheckPorts, read: Read, window: CheckWindow) {
  const tally = await tallyOf(stage, 'thin', metrics.thinPublished(stage), metrics.thinSettled(stage), read, window);
  const missing = undelivered(tally);
  if (missing > 0) {
    const repair = `${replayOf(window)} --rule ${ruleName(stage, 'Thin')}`;
    telemetry.log('error', 'published but not resolved', { of: 'thin', ...tally, undelivered: missing, repair });
  }
  return missing;
}

/** No archive is behind Stripe's buses: what went missing between them and ours is fetched from Stripe. */
async function missingFromPartners(ports: DeliveryCheckPorts, read: Read, window: CheckWindow) {
  const { stage, partnerSources: sources, telemetry } = ports;
  if (sources.length === 0) return 0;
  const [published, settled] = [metrics.partnerPublished(stage, sources), metrics.partnerSettled(stage, sources)];
  const tally = await tallyOf(stage, 'partner', published, settled, read, window);
  const missing = undelivered(tally);
  if (missing > 0) {
    const repair = 'docs/runbooks/partner-loses-events.md';
    telemetry.log('error', 'published but not taken', { of: 'partner', ...tally, undelivered: missing, repair });
  }
  return missing;
}

async function missingOnBus(ports: DeliveryCheckPorts, read: Read, window: CheckWindow) {
  const { stage, telemetry } = ports;
  const accepted = await read(metrics.accepted(stage, ports), window.published).then(sum);
  const matched = await read(metrics.publishedAnywhere(stage), window.settled).then(sum);
  const missing = unrouted(accepted, matched);
  if (missing > 0) {
    const repair = replayOf(window);
    telemetry.log('error', 'published but not routed', { accepted, matched, undelivered: missing, repair });
  }
  return missing;
}

/** Percent of its retention that the oldest message of any queue has used up. */
async function mostRetentionUsed({ stage, queueOwners, telemetry }: DeliveryCheckPorts, read: Read, range: TimeRange) {
  const queues = queueOwners.flatMap((owner) => [
    { name: queueName(stage, owner), retention: QUEUE_RETENTION_SECONDS },
    { name: deadLetterQueueName(stage, owner), retention: DLQ_RETENTION_SECONDS },
  ]);
  const oldest = queues.map(({ name }) => metrics.oldestAge(name));
  const ages = await read(oldest, range);
  const used = queues.map(({ name, retention }, index) => ({
    queue: name,
    percent: Math.round((100 * (ages[index] ?? 0)) / retention),
  }));
  for (const one of used.filter(({ percent }) => percent >= EXPIRES_SOON)) {
    telemetry.log('error', 'messages expire soon', one);
  }
  return Math.max(0, ...used.map(({ percent }) => percent));
}

/** What became of what was put into one queue. */
async function tallyOf(
  stage: string,
  owner: QueueOwner,
  published: readonly MetricQuery[],
  settled: readonly MetricQuery[],
  read: Read,
  window: CheckWindow,
): Promise<Tally> {
  const [put, done, waiting, deadLetters] = await Promise.all([
    read(published, window.published).then(sum),
    read(settled, window.settled).then(sum),
    read(metrics.waiting(stage, owner), window.waiting).then(sum),
    read(metrics.deadLetters(stage, owner), window.waiting).then(sum),
  ]);
  return { published: put, settled: done, waiting, deadLetters };
}

function replayOf({ published: { from, to } }: CheckWindow): string {
  return `fanout replay --from ${from.toISOString()} --to ${to.toISOString()}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
