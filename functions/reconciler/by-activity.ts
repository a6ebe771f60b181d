import type { ListProgress } from '#shared/ports/reconcile-progress.ts';
import type { List } from './list.ts';

/** An account that had an event within this time is active. */
const ACTIVE_MS = 7 * 86_400_000;
/** How often the schedule looks at an account that is not: most accounts of a platform sleep. */
const QUIET_EVERY_MS = 86_400_000;

/**
 * Puts the own account first, then the connected ones: those with the newest events, those never looked at, and the quiet
 * ones last, the one first that was not looked at for longest.
 * @param now Unix milliseconds
 * @param isOrdered whether somebody asked for all of them; the schedule leaves a quiet account alone for a day
 */
export function byActivity(
  lists: readonly List[],
  known: ReadonlyMap<string, ListProgress>,
  now: number,
  isOrdered: boolean,
): readonly List[] {
  const isActive = ({ newest = 0 }: ListProgress) => newest >= now - ACTIVE_MS;
  const rank = ({ account, name }: List): readonly [group: number, order: number] => {
    const progress = known.get(name);
    if (account === undefined) return [0, 0];
    if (progress === undefined) return [2, 0];
    return isActive(progress) ? [1, -(progress.newest ?? 0)] : [3, progress.until ?? 0];
  };
  const isDue = ({ account, name }: List): boolean => {
    const progress = known.get(name);
    if (isOrdered || account === undefined || progress === undefined || isActive(progress)) return true;
    return !progress.isDone || (progress.until ?? 0) < now - QUIET_EVERY_MS;
  };
  return lists
    .filter(isDue)
    .map((list) => ({ list, rank: rank(list) }))
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1])
    .map(({ list }) => list);
}
