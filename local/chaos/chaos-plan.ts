import { createHash } from 'node:crypto';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { type Random, seededRandom } from '#shared/random/seeded-random.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { deal, pickSome } from './deal.ts';
import { type History, makeHistory, type Owner } from './history.ts';
import { CATALOGUED, KNOWN_LIVES, UNKNOWN_LIVES } from './lives.ts';
import { type Moment, planMoments } from './moments.ts';
import { catalogueHistories, deepHistory } from './single-events.ts';
import { killsOn, type Strike, strikesOn, type Target } from './strikes.ts';
import { planTellings, type Telling } from './tellings.ts';
import { pickWays, type Way } from './ways.ts';

export interface PlanOptions {
  /** Different events to send, at least `FEWEST_EVENTS`. */
  readonly events: number;
  readonly seed: number;
  /** Unix seconds. */
  readonly now: number;
}

/** An event that is sent, and what goes wrong on its way. */
export interface PlannedEvent {
  readonly event: SnapshotEvent;
  readonly ways: readonly Way[];
  readonly strikes: readonly Strike[];
}

/** One delivery by Stripe. */
export interface Sending {
  /** Position in `events`. */
  readonly index: number;
  readonly way: Way;
}

/** A whole run, made up before it begins: the same seed gives the same plan. */
export interface ChaosPlan {
  readonly histories: readonly History[];
  readonly events: readonly PlannedEvent[];
  /** What Stripe tells beside these by itself, thin or in both styles. */
  readonly tellings: readonly Telling[];
  /** First tries in their order: out of order, with duplicates, by both ways where an event has two. */
  readonly sendings: readonly Sending[];
  /** What happens before which sending. */
  readonly moments: readonly Moment[];
  /** Ids of objects whose events cannot be handled until the redrive. */
  readonly poisoned: readonly string[];
  /** Events that somebody sends who does not know the secret. */
  readonly forged: readonly SnapshotEvent[];
  /** Fingerprint of all of this; times are counted from the start of the run. */
  readonly schedule: string;
}

/** With fewer not even one kill of each victim finds an event, nor is there a poisoned object to redrive. */
export const FEWEST_EVENTS = 100;
/** A day ago: all that happens is older than now, and young enough for reactions. */
const BEGAN_BEFORE = 86_400;
const CONNECTED = ['acct_1ChaosOne', 'acct_1ChaosTwo'];
/** How far from its place an event may be sent, in events; a few come at any time. */
const DISORDER = 150;
/** Each object whose number is a multiple is a large one. */
const LARGE_EVERY = 80;
const SHARE = {
  unknown: 0.06,
  poisoned: 0.01,
  struck: 0.05,
  /** Of 2,000 events enough for three of each kind of death; of 100, for one of each way in and a handler. */
  killed: 0.04,
  duplicated: 0.15,
  late: 0.03,
  told: 0.1,
} as const;

/**
 * Makes up histories, the order in which their events are sent, and everything that goes wrong meanwhile.
 * @throws {RangeError} fewer events than `FEWEST_EVENTS`
 */
export function chaosPlan(options: PlanOptions): ChaosPlan {
  const { events: count, seed, now } = options;
  if (count < FEWEST_EVENTS) throw new RangeError(`A run of ${count} events proves little: ${FEWEST_EVENTS} at least.`);
  const random = seededRandom(seed);
  const begin = now - BEGAN_BEFORE;
  const histories = makeHistories(count, random, `chaos ${seed}`, begin);
  const long = histories.filter(({ events }) => events.length > 1);
  const poisoned = pickSome(long, Math.max(2, Math.round(long.length * SHARE.poisoned)), random).flatMap(objectOf);
  const isPoisoned = (history: History) => objectOf(history).some((id) => poisoned.includes(id));
  const sent = histories.flatMap((history) =>
    history.events.map((event) => {
      // What the bus refuses for good, a partner bus refuses too: Stripe could not even put it there.
      const ways = history.last.is === 'not_kept' ? (['webhook'] as const) : pickWays(random);
      // Only the last event is sure to write the row, if there is one: an older one may come too late.
      const isWritten = event === history.events.at(-1) && history.last.is !== 'not_kept';
      const object = isWritten ? objectOf(history)[0] : undefined;
      const target: Target = { event: event.id, object, ways };
      return { event, target, isPoisoned: isPoisoned(history) };
    }),
  );
  const strikes = strike(
    sent.filter((one) => !one.isPoisoned).map(({ target }) => target),
    count,
    random,
  );
  const events = sent.map(({ event, target }) => ({ event, ways: target.ways, strikes: strikes.get(target) ?? [] }));
  const sendings = disorder(events, random);
  const tellings = planTellings(Math.ceil(count * SHARE.told), random, {
    seed: `chaos ${seed}`,
    created: now - 60,
  });
  const moments = planMoments(sendings.length, random, tellings);
  const forged = moments
    .filter(({ what }) => what === 'forgery')
    .map((_, i) => sampleEvent('charge.succeeded', { seed: `chaos ${seed} forged ${i}`, created: begin }));
  const shape = [
    events.map(({ event, ways, strikes }) => [event.id, event.created - now, ways, strikes]),
    sendings,
    moments.map(({ what, at }) => [what, at]),
    tellings.map(({ created, ...telling }) => [created - now, telling]),
    poisoned,
  ];
  const schedule = createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 12);
  return { histories, events, tellings, sendings, moments, poisoned, forged, schedule };
}

function makeHistories(count: number, random: Random, seed: string, begin: number): readonly History[] {
  const singles = catalogueHistories(seed, begin).slice(0, Math.min(CATALOGUED.length, Math.floor(count / 2)));
  const deep = Array.from({ length: Math.ceil(count / 2_000) }, (_, i) => deepHistory(`${seed} deep ${i}`, begin));
  const histories = [...singles, ...deep];
  for (let left = count - histories.length; left > 0; ) {
    const life = random.pick(random.chance(SHARE.unknown) ? UNKNOWN_LIVES : KNOWN_LIVES);
    const name = `${seed} ${histories.length}`;
    const isLarge = histories.length % LARGE_EVERY === 0;
    const history = makeHistory(life, random, name, begin + random.below(3_600), ownerOf(random), isLarge);
    // The count is met exactly: what is too long for the rest is not told.
    if (history.events.length > left) continue;
    histories.push(history);
    left -= history.events.length;
  }
  return histories;
}

function ownerOf(random: Random): Owner {
  return { livemode: random.chance(0.3), account: random.chance(0.2) ? random.pick(CONNECTED) : undefined };
}

/** What goes wrong on the way of which event; one thing on one way, so that what follows has one cause. */
function strike(targets: readonly Target[], count: number, random: Random): ReadonlyMap<Target, readonly Strike[]> {
  const kills = deal(targets, killsOn, Math.round(count * SHARE.killed), random);
  const spared = targets.filter((target) => !kills.has(target));
  const others = deal(spared, strikesOn, Math.round(count * SHARE.struck), random);
  return new Map([...kills, ...others].map(([target, one]) => [target, [one]]));
}

/**
 * The order of sending: near the true one, some far from it, some more than once. What comes by two ways comes by both
 * at once or by one long after the other, as copies do.
 */
function disorder(events: readonly Pick<PlannedEvent, 'ways'>[], random: Random): readonly Sending[] {
  const count = events.length;
  const sendings = events.flatMap(({ ways }, index) => {
    const own = random.chance(SHARE.late) ? random.below(count) : index + random.below(DISORDER);
    const soonOrLater = () => (random.chance(0.5) ? own : own + random.below(count));
    const copies = random.chance(SHARE.duplicated) ? 1 + random.below(3) : 0;
    const inTurn = random.chance(0.5) ? ways : ways.toReversed();
    const all = [...inTurn, ...Array.from({ length: copies }, () => random.pick(ways))];
    return all.map((way, turn) => ({ index, way, at: turn === 0 ? own : soonOrLater() }));
  });
  return sendings.toSorted((a, b) => a.at - b.at).map(({ index, way }) => ({ index, way }));
}

function objectOf({ events }: History): readonly string[] {
  const id = events[0]?.data.object.id;
  return typeof id === 'string' ? [id] : [];
}
