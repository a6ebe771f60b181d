import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import type { Random } from '#shared/random/seeded-random.ts';
import { freshId } from '#shared/samples/fresh-ids.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { type Moment, sampleObject } from '#shared/samples/sample-object.ts';
import { objectUrl } from '#shared/stripe/object-url.ts';
import { type Life, UNKNOWN_LIVES } from './lives.ts';

/** What must be kept of an object once all its events have arrived, in whatever order. */
export type LastState =
  /** As its last event showed it: the text of `data.object`. */
  | { readonly is: 'shown'; readonly text: string }
  /** The last two events tell nothing of their order, nor does Stripe's API: one of them, marked `ambiguous`. */
  | { readonly is: 'either'; readonly texts: readonly string[] }
  /** Deleted, whatever else came. */
  | { readonly is: 'gone' }
  /** Nothing of it may be kept. */
  | { readonly is: 'erased' }
  /** The pipeline keeps no state of such an event. */
  | { readonly is: 'not_kept' };

/** One object's life as it truly was: the harness made it, and so knows its end without asking any code. */
export interface History {
  /** In the order in which they happened; not the one in which they are sent. */
  readonly events: readonly SnapshotEvent[];
  readonly last: LastState;
  /** Whether its last two events do not tell which of them was last. */
  readonly endsOpen: boolean;
}

/** Whose object it is. */
export interface Owner {
  readonly livemode: boolean;
  readonly account: string | undefined;
}

/** Most events of one object in one second, and the longest pause between two, in seconds. */
const MOST_IN_A_SECOND = 4;
const LONGEST_PAUSE = 50;
const MOST_STEPS = 8;
/** Lives whose last two events do not tell their order, of those that can end so: of the rare ones enough to have some. */
const SHARE_OPEN = { known: 0.1, unknown: 0.5 } as const;
/** A canceled subscription can still be fetched: deleted is its last state, not its end. */
const STILL_THERE = 'customer.subscription';
/** Bytes of a large object: above what the bus takes, and above what a row holds. */
const LARGE = [260_000, 420_000] as const;

/**
 * Makes one object's life up. Events of one second can be told apart by what Stripe says of them (`previous_attributes`
 * or the names `created` and `deleted`), but for the last two of some, which cannot: of these Stripe's API is asked.
 * @param seed makes ids; the same gives the same
 * @param begin Unix seconds of its first event; a life takes less than ten minutes
 * @param isLarge whether the object is too large for the bus, or even for a row
 */
export function makeHistory(
  life: Life,
  random: Random,
  seed: string,
  begin: number,
  owner: Owner,
  isLarge: boolean,
): History {
  const base = { ...objectOf(life, seed, owner.livemode), ...(isLarge && { notes: 'x'.repeat(random.pick(LARGE)) }) };
  const steps = stepsOf(life, random);
  const isUndecided =
    !isLarge &&
    life.others.length > 1 &&
    steps.at(-1)?.type !== life.ends &&
    random.chance(SHARE_OPEN[UNKNOWN_LIVES.includes(life) ? 'unknown' : 'known']);
  if (isUndecided) {
    const [one, other] = life.others;
    steps.push({ type: one ?? '', pause: 1 }, { type: other ?? '', pause: 0 });
  }
  let created = begin;
  const events = steps.map(({ type, pause }, revision) => {
    created += pause;
    const isChange = type === life.changes && revision > 0;
    return eventOf(type, `${seed} ${revision}`, created, owner, {
      object: { ...base, metadata: { revision: String(revision) } },
      ...(isChange && { before: { metadata: { revision: String(revision - 1) } } }),
    });
  });
  return { events, last: lastOf(life, events, isUndecided), endsOpen: isUndecided };
}

function lastOf(life: Life, events: readonly SnapshotEvent[], isUndecided: boolean): LastState {
  const texts = events.slice(-2).map(({ data }) => JSON.stringify(data.object));
  const [object] = events.slice(-1).map(({ data }) => data.object);
  if (isUndecided && object && objectUrl(object) === undefined) return { is: 'either', texts };
  const isDeleted = events.at(-1)?.type === life.ends && life.stem !== STILL_THERE;
  return isDeleted ? { is: 'gone' } : { is: 'shown', text: texts.at(-1) ?? '' };
}

/** Types in their order, each with the seconds since the one before; only a change or the end may share a second. */
function stepsOf({ begins, changes, others, ends }: Life, random: Random): { type: string; pause: number }[] {
  const between = [...others, ...(changes ? [changes, changes, changes] : [])];
  const steps: { type: string; pause: number }[] = [];
  const add = (type: string | undefined, mayTie: boolean) => {
    if (type === undefined) return;
    const inThisSecond = steps.length - steps.findLastIndex(({ pause }) => pause > 0);
    const ties = mayTie && steps.length > 0 && inThisSecond < MOST_IN_A_SECOND && random.chance(0.4);
    steps.push({ type, pause: ties ? 0 : 1 + random.below(LONGEST_PAUSE) });
  };
  add(begins, false);
  for (let left = random.below(MOST_STEPS - 1); left > 0; left -= 1) {
    const type = between.length > 0 ? random.pick(between) : undefined;
    add(type, type === changes);
  }
  if (steps.length === 0 || random.chance(0.2)) add(ends ?? between[0], ends !== undefined);
  return steps;
}

function objectOf(life: Life, seed: string, livemode: boolean): Readonly<Record<string, unknown>> {
  if (UNKNOWN_LIVES.includes(life)) return { id: freshId('new_', seed), object: life.kind, livemode };
  const first = life.begins ?? life.others[0] ?? life.changes ?? life.stem;
  return sampleObject(first, life.kind, { seed, livemode }).object;
}

function eventOf(type: string, seed: string, created: number, owner: Owner, { object, before }: Moment): SnapshotEvent {
  const { livemode, account } = owner;
  // Any catalogued type gives the frame; what the event is about is all our own.
  const frame = sampleEvent('charge.succeeded', { seed, object, created, livemode, ...(account && { account }) });
  const { previous_attributes: _sample, ...data } = frame.data;
  return {
    ...frame,
    id: freshId('evt_1', `${type} ${seed}`, 23),
    type,
    data: { ...data, ...(before && { previous_attributes: before }) },
  };
}
