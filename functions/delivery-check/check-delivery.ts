import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import { type QueueOwner, type RuleId, ruleName } from '#shared/naming/resource-names.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { MetricQuery, MetricReader } from '#shared/ports/metric-reader.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import { type CheckWindow, checkWindow } from './check-window.ts';
import { EXPIRES_SOON, mostRetentionUsed, type Read } from './retention-used.ts';
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

/**
 * Compares, per domain, what the bus matched in the last day with what was handled, parked, or waits; and looks for
 * messages that are about to be too old. Says what it found in the log, with the command that repairs it, and as two
 * metrics that alarms watch, each only when there is something to say.
 * @throws {MetricsUnavailable} then neither metric is written, and the run counts as failed
 */
export async function checkDelivery(ports: DeliveryCheckPorts, signal: AbortSignal): Promise<void> {
  const window = checkWindow(ports.clock.now());
  const read: Read = (queries, range) => ports.metrics.read(queries, range, signal);

  const published = await publishedByRule(ports, read, window);
  let missing = await missingFromPartners(ports, read, window);
  missing += await missingOnBus(published, ports, read, window);
  missing += await missingInResolver(published, ports, read, window);
  for (const domain of ports.handledDomains) missing += await missingIn(domain, published, ports, read, window);
  const retentionUsed = await mostRetentionUsed(ports, read, window.waiting);
  // A metric costs from the first hour it is written in: of nothing wrong there is none, and the alarms know that.
  if (missing > 0) ports.telemetry.count('Undelivered', missing);
  if (retentionUsed >= EXPIRES_SOON) ports.telemetry.count('RetentionUsedPercent', retentionUsed);
}

/** Events that each rule of ours matched. */
type Published = ReadonlyMap<RuleId, number>;

/** Read once for all that looks at it: three in four of the metrics of a quiet stage are these. */
async function publishedByRule({ stage }: DeliveryCheckPorts, read: Read, window: CheckWindow): Promise<Published> {
  const queries = metrics.RULES.map((id) => metrics.matched(stage, id));
  const values = await read(queries, window.published);
  return new Map(metrics.RULES.map((id, index) => [id, values[index] ?? 0]));
}

async function missingIn(
  domain: DomainOrUnrecognized,
  byRule: Published,
  ports: DeliveryCheckPorts,
  read: Read,
  window: CheckWindow,
) {
  const { stage, telemetry } = ports;
  const published = sum(metrics.rulesOf(domain).map((id) => byRule.get(id) ?? 0));
  const tally = await tallyOf(stage, domain, published, metrics.settled(stage, domain), read, window);
  const missing = undelivered(tally);
  if (missing > 0) {
    const repair = `${replayOf(window)} --domain ${domain}`;
    telemetry.log('error', 'published but not delivered', { of: domain, ...tally, undelivered: missing, repair });
  }
  return missing;
}

async function missingInResolver(byRule: Published, ports: DeliveryCheckPorts, read: Read, window: CheckWindow) {
  const { stage, telemetry } = ports;
  const tally = await tallyOf(stage, 'thin', byRule.get('Thin') ?? 0, metrics.thinSettled(stage), read, window);
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
  const published = await read(metrics.partnerPublished(stage, sources), window.published).then(sum);
  const tally = await tallyOf(stage, 'partner', published, metrics.partnerSettled(stage, sources), read, window);
  const missing = undelivered(tally);
  if (missing > 0) {
    const repair = 'docs/runbooks/partner-loses-events.md';
    telemetry.log('error', 'published but not taken', { of: 'partner', ...tally, undelivered: missing, repair });
  }
  return missing;
}

async function missingOnBus(byRule: Published, ports: DeliveryCheckPorts, read: Read, window: CheckWindow) {
  const { stage, telemetry } = ports;
  const accepted = await read(metrics.accepted(stage, ports), window.accepted).then(sum);
  const matched = sum([...byRule.values()]);
  const missing = unrouted(accepted, matched);
  if (missing > 0) {
    const repair = replayOf(window);
    telemetry.log('error', 'published but not routed', { accepted, matched, undelivered: missing, repair });
  }
  return missing;
}

/** What became of what was put into one queue. Where nothing was, nothing can be missing, and nothing more is read. */
async function tallyOf(
  stage: string,
  owner: QueueOwner,
  published: number,
  settled: readonly MetricQuery[],
  read: Read,
  window: CheckWindow,
): Promise<Tally> {
  if (published === 0) return { published, settled: 0, waiting: 0, deadLetters: 0 };
  const [done, waiting, deadLetters] = await Promise.all([
    read(settled, window.settled).then(sum),
    read(metrics.waiting(stage, owner), window.waiting).then(sum),
    read(metrics.deadLetters(stage, owner), window.waiting).then(sum),
  ]);
  return { published, settled: done, waiting, deadLetters };
}

function replayOf({ published: { from, to } }: CheckWindow): string {
  return `fanout replay --from ${from.toISOString()} --to ${to.toISOString()}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
