import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import { type QueueOwner, ruleName } from '#shared/naming/resource-names.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DoneReplays } from '#shared/ports/done-replays.ts';
import type { MetricReader } from '#shared/ports/metric-reader.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import { afterReplays } from './after-replays.ts';
import { type CheckWindow, checkWindow } from './check-window.ts';
import { type Look, matchedByRule, missingBehind, namesOf, sum, tallyOf } from './missing-behind.ts';
import { EXPIRES_SOON, mostRetentionUsed, type Read } from './retention-used.ts';
import { undelivered, unrouted } from './undelivered.ts';
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
  readonly replays: DoneReplays;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

/** What a replay without a domain goes to: what became of notifications is in the archive as well. */
const REPLAYED_TOGETHER = metrics.RULES.filter((id) => id !== 'Thin');

/**
 * Compares, per domain, what the bus matched in the last day with what was handled, parked, or waits; and looks for
 * messages that are about to be too old. Says what it found in the log, with the command that repairs it, and as two
 * metrics that alarms watch, each only when there is something to say.
 * @throws {MetricsUnavailable}
 * @throws {ReplaysUnavailable} then, too, neither metric is written, and the run counts as failed
 */
export async function checkDelivery(ports: DeliveryCheckPorts, signal: AbortSignal): Promise<void> {
  const window = checkWindow(ports.clock.now());
  const read: Read = (queries, range) => ports.metrics.read(queries, range, signal);

  const byRule = await matchedByRule(metrics.RULES, ports, read, window);
  const replays = () => ports.replays.since(window.published.from, signal);
  const look: Look = { ports, read, window, byRule, replays };
  let missing = await missingFromPartners(look);
  missing += await missingOnBus(look);
  missing += await missingInResolver(look);
  for (const domain of ports.handledDomains) missing += await missingIn(domain, look);
  const retentionUsed = await mostRetentionUsed(ports, read, window.waiting);
  // A metric costs from the first hour it is written in: of nothing wrong there is none, and the alarms know that.
  if (missing > 0) ports.telemetry.count('Undelivered', missing);
  if (retentionUsed >= EXPIRES_SOON) ports.telemetry.count('RetentionUsedPercent', retentionUsed);
}

function missingIn(domain: DomainOrUnrecognized, look: Look): Promise<number> {
  return missingBehind(look, {
    of: domain,
    rules: metrics.rulesOf(domain),
    settled: metrics.settled(look.ports.stage, domain),
    message: 'published but not delivered',
    repair: `${replayOf(look.window)} --domain ${domain}`,
  });
}

function missingInResolver(look: Look): Promise<number> {
  const { stage } = look.ports;
  return missingBehind(look, {
    of: 'thin',
    rules: ['Thin'],
    settled: metrics.thinSettled(stage),
    message: 'published but not resolved',
    repair: `${replayOf(look.window)} --rule ${ruleName(stage, 'Thin')}`,
  });
}

/** No archive is behind Stripe's buses: what went missing between them and ours is fetched from Stripe. */
async function missingFromPartners({ ports, read, window }: Look): Promise<number> {
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

async function missingOnBus(look: Look): Promise<number> {
  const { ports, read, window } = look;
  const compare = async (within: CheckWindow, byRule: Look['byRule']) => ({
    accepted: await read(metrics.accepted(ports.stage, ports), within.accepted).then(sum),
    matched: sum([...byRule.values()]),
  });
  let both = await compare(window, look.byRule);
  if (unrouted(both.accepted, both.matched) > 0) {
    const left = afterReplays(namesOf(ports.stage, REPLAYED_TOGETHER), window, await look.replays());
    if (left === undefined) return 0;
    if (left !== window) both = await compare(left, await matchedByRule(metrics.RULES, ports, read, left));
  }
  const missing = unrouted(both.accepted, both.matched);
  if (missing > 0) {
    const repair = replayOf(window);
    ports.telemetry.log('error', 'published but not routed', { ...both, undelivered: missing, repair });
  }
  return missing;
}

function replayOf({ published: { from, to } }: CheckWindow): string {
  return `fanout replay --from ${from.toISOString()} --to ${to.toISOString()}`;
}
