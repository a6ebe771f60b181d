import { type QueueOwner, type RuleId, ruleName } from '#shared/naming/resource-names.ts';
import type { DoneReplay } from '#shared/ports/done-replays.ts';
import type { MetricQuery } from '#shared/ports/metric-reader.ts';
import type { Telemetry } from '#shared/ports/telemetry.ts';
import { afterReplays } from './after-replays.ts';
import type { CheckWindow } from './check-window.ts';
import type { Read } from './retention-used.ts';
import { type Tally, undelivered } from './undelivered.ts';
import * as metrics from './watched-metrics.ts';

/** What one run looks at. */
export interface Look<Ports extends LookPorts = LookPorts & metrics.WaysIn> {
  readonly ports: Ports;
  readonly read: Read;
  readonly window: CheckWindow;
  /** Events that each rule of ours matched in the day: read once for all that looks at it. */
  readonly byRule: ReadonlyMap<RuleId, number>;
  /** What somebody has replayed of the day; asked for only when something is missing. */
  readonly replays: () => Promise<readonly DoneReplay[]>;
}

interface LookPorts {
  readonly stage: string;
  readonly telemetry: Telemetry;
}

/** A queue, what feeds it, and what is done with it. */
export interface Fed {
  readonly of: QueueOwner;
  readonly rules: readonly RuleId[];
  readonly settled: readonly MetricQuery[];
  /** What the log says of events that are missing, and the command that brings them. */
  readonly message: string;
  readonly repair: string;
}

/** Events that rules put into a queue, that were not done with, and that wait nowhere; what was replayed is repaired. */
export async function missingBehind(look: Look<LookPorts>, fed: Fed): Promise<number> {
  const { byRule, window, ports } = look;
  let tally = await tallyOf(ports.stage, fed.of, matchedBy(fed.rules, byRule), fed.settled, look.read, window);
  if (undelivered(tally) > 0) tally = (await tallyAfterReplays(look, fed)) ?? tally;
  const missing = undelivered(tally);
  if (missing > 0) {
    const { of, message, repair } = fed;
    ports.telemetry.log('error', message, { of, ...tally, undelivered: missing, repair });
  }
  return missing;
}

/** @returns `undefined` where nothing of it was replayed */
async function tallyAfterReplays(look: Look<LookPorts>, { of, rules, settled }: Fed): Promise<Tally | undefined> {
  const { ports, read, window } = look;
  const left = afterReplays(namesOf(ports.stage, rules), window, await look.replays());
  if (left === window) return undefined;
  if (left === undefined) return NOTHING;
  const byRule = await matchedByRule(rules, ports, read, left);
  return tallyOf(ports.stage, of, matchedBy(rules, byRule), settled, read, left);
}

/** Events that rules matched in a window's day. */
export async function matchedByRule(
  rules: readonly RuleId[],
  { stage }: Pick<LookPorts, 'stage'>,
  read: Read,
  window: CheckWindow,
): Promise<ReadonlyMap<RuleId, number>> {
  const values = await read(
    rules.map((id) => metrics.matched(stage, id)),
    window.published,
  );
  return new Map(rules.map((id, index) => [id, values[index] ?? 0]));
}

const NOTHING: Tally = { published: 0, settled: 0, waiting: 0, deadLetters: 0 };

/** What became of what was put into one queue. Where nothing was, nothing can be missing, and nothing more is read. */
export async function tallyOf(
  stage: string,
  owner: QueueOwner,
  published: number,
  settled: readonly MetricQuery[],
  read: Read,
  window: CheckWindow,
): Promise<Tally> {
  if (published === 0) return NOTHING;
  const [done, waiting, deadLetters] = await Promise.all([
    read(settled, window.settled).then(sum),
    read(metrics.waiting(stage, owner), window.waiting).then(sum),
    read(metrics.deadLetters(stage, owner), window.waiting).then(sum),
  ]);
  return { published, settled: done, waiting, deadLetters };
}

function matchedBy(rules: readonly RuleId[], byRule: ReadonlyMap<RuleId, number>): number {
  return sum(rules.map((id) => byRule.get(id) ?? 0));
}

export function namesOf(stage: string, rules: readonly RuleId[]): readonly string[] {
  return rules.map((id) => ruleName(stage, id));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
