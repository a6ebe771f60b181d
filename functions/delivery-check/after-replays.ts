import type { DoneReplay } from '#shared/ports/done-replays.ts';
import { type CheckWindow, restOf, wholeFiveMinutes } from './check-window.ts';

/**
 * What is left to look at of the day once it has been replayed: what was published after the events that all of these
 * rules got again. What the replay itself delivered came later and is compared; what its events had been before is over.
 * @param rules names of the rules that are looked at
 * @returns the window itself where nothing was replayed, `undefined` where all of the day was
 */
export function afterReplays(
  rules: readonly string[],
  window: CheckWindow,
  replays: readonly DoneReplay[],
): CheckWindow | undefined {
  const { from } = window.published;
  const repaired = (rule: string) =>
    replays
      // One that began later leaves out what was lost before it.
      .filter((replay) => replay.from <= from.getTime() && (replay.rules?.includes(rule) ?? true))
      .reduce((latest, replay) => Math.max(latest, replay.to), from.getTime());
  const since = wholeFiveMinutes(Math.min(...rules.map(repaired)));
  return since <= from ? window : restOf(window, since);
}
