import type { Sighting } from '#shared/projection/object-row.ts';
import { isUndoneTo } from './is-undone-to.ts';
import { lifeOf } from './life.ts';

/** Most events of one time that are compared with each other; a second rarely has more than five of one object. */
export const MAX_TIED = 10;

export interface Settled {
  readonly current: Sighting;
  readonly ambiguous: boolean;
}

/**
 * Which of the events that saw an object at the same time was the last, by Stripe's own facts alone: `.created` comes
 * first, `.deleted` last, an event comes after the one whose object its `previous_attributes` lead back to, and so on
 * from one to the next. Events that show the very same object need no order. Where these facts name no single last
 * one, or contradict each other, the pick is arbitrary but always the same, and `ambiguous` says so.
 *
 * A function of the set: the order of `sightings` does not matter.
 * @param sightings at least one, each event once, with the text of each body
 * @throws {RangeError} when there is none
 */
export function settle(sightings: readonly Sighting[]): Settled {
  const newestId = sightings.toSorted(byEvent).at(-1);
  if (newestId === undefined) throw new RangeError('settle() was given no sighting; it needs one or more.');
  if (sightings.length > MAX_TIED) return { current: newestId, ambiguous: true };

  const states = [...Map.groupBy(sightings, textOf).values()].map((same) => same.toSorted(byEvent));
  const after = reachable(states.map((state) => states.map((other) => state !== other && comesAfter(state, other))));
  const last = states.filter((_, i) => states.every((_, j) => i === j || (after[i]?.[j] && !after[j]?.[i])));
  const current = last[0]?.at(-1);
  return current === undefined ? { current: newestId, ambiguous: true } : { current, ambiguous: false };
}

/** The order of rivals in a row, and of picks without a reason. */
export function byEvent(a: Sighting, b: Sighting): number {
  if (a.event === b.event) return 0;
  return a.event < b.event ? -1 : 1;
}

function textOf({ body, gone }: Sighting): string {
  return gone ? 'gone' : (body?.text ?? '');
}

function comesAfter(state: readonly Sighting[], other: readonly Sighting[]): boolean {
  return state.some((later) => other.some((earlier) => isAfter(later, earlier)));
}

function isAfter(later: Sighting, earlier: Sighting): boolean {
  const [laterLife, earlierLife] = [lifeOf(later.type, later.kind), lifeOf(earlier.type, earlier.kind)];
  if (laterLife === 'ends' || earlierLife === 'begins') return laterLife !== earlierLife;
  if (laterLife === 'begins' || earlierLife === 'ends') return false;
  const [after, before] = [later.body?.text, earlier.body?.text];
  if (after === undefined || before === undefined || later.previous === undefined) return false;
  return isUndoneTo(after, later.previous, before);
}

/** Transitive closure: after what comes after an event is after that event too. */
function reachable(steps: readonly (readonly boolean[])[]): boolean[][] {
  const reach = steps.map((row) => [...row]);
  for (const [via, next] of reach.entries()) {
    for (const row of reach) {
      if (row[via]) for (const [to, goes] of next.entries()) row[to] ||= goes;
    }
  }
  return reach;
}
