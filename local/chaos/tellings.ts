import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import type { Random } from '#shared/random/seeded-random.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { sampleThinEvent } from '#shared/samples/thin/sample-thin-event.ts';
import { deal } from './deal.ts';
import { type Strike, strikesOnResolving } from './strikes.ts';
import type { Way } from './ways.ts';

/** A change that Stripe itself tells, thin or in both styles: the object has to be fetched, and is told once. */
export interface Telling {
  readonly type: string;
  readonly style: 'thin' | 'both';
  readonly way: Way;
  /** Makes its events and its object. */
  readonly seed: string;
  /** Unix seconds. */
  readonly created: number;
  /** How often each event is delivered. */
  readonly copies: number;
  /** Id of the thin event. */
  readonly notification: string;
  /** Id under which consumers must see it: the snapshot's where there is one. */
  readonly toldAs: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly strikes: readonly Strike[];
}

/** Stripe tries for three days in live mode. */
export const TOLD_LIVE = true;
/** In turn and not by chance: only what is told thin is sure to be asked of Stripe, also in a short run. */
const BOTH_OF_FIVE = 2;
const SHARE = { partner: 0.25, copied: 0.2, struck: 0.4 } as const;
/** Whose snapshot has another object, and whose object is erased. */
const NOT_TOLD: ReadonlySet<string> = new Set(['billing.alert.triggered', 'identity.verification_session.redacted']);

/** Types whose object has an id and can be fetched afterwards, in the state that the event tells. */
const TYPES = EVENT_TYPES.filter(
  ({ type, thin, styles }) =>
    thin?.relatedObject === 'object' && styles.some((style) => style === 'snapshot') && !type.endsWith('.deleted'),
)
  .map(({ type }) => type)
  .filter((type) => !NOT_TOLD.has(type) && typeof sampleEvent(type).data.object.id === 'string');

/** @param created Unix seconds before which all of it happened */
export function planTellings(
  count: number,
  random: Random,
  { seed, created }: { readonly seed: string; readonly created: number },
): readonly Telling[] {
  const tellings = Array.from({ length: count }, (_, i) => {
    const type = random.pick(TYPES);
    const style: Telling['style'] = i % 5 < BOTH_OF_FIVE ? 'both' : 'thin';
    const one = { seed: `${seed} told ${i}`, created: created - random.below(3_600), livemode: TOLD_LIVE };
    const snapshot = sampleEvent(type, one);
    const { notification } = sampleThinEvent(type, one);
    const way: Way = random.chance(SHARE.partner) ? 'partner' : 'webhook';
    return {
      type,
      style,
      way,
      seed: one.seed,
      created: one.created,
      copies: random.chance(SHARE.copied) ? 2 : 1,
      notification: notification.id,
      toldAs: style === 'both' ? snapshot.id : notification.id,
      object: snapshot.data.object,
    };
  });
  // Of each style as many: what is aimed at a twin may find nothing to resolve.
  const strikes = new Map(
    [...Map.groupBy(tellings, ({ style }) => style).values()].flatMap((alike) => [
      ...deal(alike, (one) => strikesOnResolving(one.notification), Math.round(alike.length * SHARE.struck), random),
    ]),
  );
  return tellings.map((telling) => ({ ...telling, strikes: [strikes.get(telling) ?? []].flat() }));
}
