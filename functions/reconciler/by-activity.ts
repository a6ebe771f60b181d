import type { ListProgress } from '#shared/ports/reconcile-progress.ts';
import type { List } from './list.ts';

/** An account that had an event within this time is active. */
const ACTIVE_MS = 7 * 86_400_000;
/** How often the schedule looks at an account that is not: most accounts of a platform sleep. */
const QUIET_EVERY_MS = 86_400_000;

/**
 * Puts the own account first, then the connected ones: those with the newest events, those never looked at, and the quiet
 * ones last, the one first that was not looked at for longest. An account is active when any list of its has an event.
 * @param now Unix milliseconds
 * @param isOrdered whether somebody asked for all of them; the schedule leaves a quiet account alone for a day
 */
export function byActivity(
  lists: readonly List[],
  known: ReadonlyMap<string, ListProgress>,
  now: number,
  isOrdered: boolean,
): readonly List[] {
  const newest = newestOf(lists, known);
  const isActive = ({ account, mode }: List) => (newest.get(`${mode} ${account}`) ?? 0) >= now - ACTIVE_MS;
  const rank = (list: List): readonly [group: number, order: number] => {
    const { account, mode, name } = list;
    const progress = known.get(name);
    if (account === undefined) return [0, 0];
    if (isActive(list)) return [1, -(newest.get(`${mode} ${account}`) ?? 0)];
    return progress === undefined ? [2, 0] : [3, progress.until ?? 0];
  };
  const isDue = (list: List): boolean => {
    const progress = known.get(list.name);
    if (isOrdered || list.account === undefined || progress === undefined || isActive(list)) return true;
    return !progress.isDone || (progress.until ?? 0) < now - QUIET_EVERY_MS;
  };
  return lists
    .filter(isDue)
    .map((list) => ({ list, rank: rank(list) }))
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1])
    .map(({ list }) => list);
}

/** Unix milliseconds of each account's newest event that any round saw, by mode and account. */
function newestOf(lists: readonly List[], known: ReadonlyMap<string, ListProgress>): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (const { name, mode, account } of lists) {
    const key = `${mode} ${account}`;
    newest.set(key, Math.max(newest.get(key) ?? 0, known.get(name)?.newest ?? 0));
  }
  return newest;
}
