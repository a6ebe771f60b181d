import type { ListProgress, Round } from '#shared/ports/reconcile-progress.ts';
import { LISTED_FOR_MS, type ReconcileOrder, TOO_YOUNG_MS } from '#shared/reconcile/reconcile-order.ts';
import { NOTHING_COUNTED } from '#shared/reconcile/reconcile-report.ts';
import type { List } from './list.ts';

/** How often the schedule begins a round; it is invoked more often, to go on with one. */
const EVERY_MS = 3_600_000;
/** By how much rounds overlap: Stripe's list may get an event late, and `created` has whole seconds. */
const OVERLAP_MS = 2 * 3_600_000;

/** What an order's progress is kept under; the schedule's has no end. */
export function jobOf(order: ReconcileOrder | undefined): string {
  if (order === undefined) return 'schedule';
  const { since, until, account, dryRun } = order;
  const window = [since, until].map((ms) => new Date(ms).toISOString()).join('/');
  return [window, ...(account === undefined ? [] : [account]), ...(dryRun ? ['dry'] : [])].join('#');
}

/**
 * The round to go on with, or a new one.
 * @param now Unix milliseconds
 * @returns `undefined` while the schedule's next one is not due
 */
export function roundOf(
  before: Round | undefined,
  order: ReconcileOrder | undefined,
  now: number,
  id: string,
): Round | undefined {
  if (before !== undefined && before.endedAt === undefined) return before;
  if (order === undefined && before !== undefined && now < before.startedAt + EVERY_MS) return undefined;
  const to = Math.min(order?.until ?? Infinity, now - TOO_YOUNG_MS);
  const completeAt = before?.completeAt;
  return { id, to, startedAt: now, ...(completeAt !== undefined && { completeAt }) };
}

/**
 * Where a list stands in a round: where it was left, or at its beginning. The schedule begins two hours before the end of
 * the round before. At a list that it has never looked at it looks no further back than the destinations are old, and not
 * far: to fetch the past is for a person to decide.
 */
export function progressOf(
  list: List,
  round: Round,
  order: ReconcileOrder | undefined,
  known: ListProgress | undefined,
  now: number,
): ListProgress {
  if (known?.round === round.id) return known;
  const from = order?.since ?? (known?.until ?? round.to) - OVERLAP_MS;
  const made = Math.min(...list.destinations.map(({ created }) => created));
  const earliest = order === undefined && known?.until === undefined ? made : 0;
  return {
    list: list.name,
    round: round.id,
    from: Math.max(from, earliest, now - LISTED_FOR_MS),
    to: round.to,
    isDone: false,
    counts: NOTHING_COUNTED,
    ...(known?.until !== undefined && { until: known.until }),
    ...(known?.newest !== undefined && { newest: known.newest }),
  };
}
