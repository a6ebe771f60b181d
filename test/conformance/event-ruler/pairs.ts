import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { seededRandom } from '#shared/random/seeded-random.ts';
import { mutated, randomEvent } from './random-event.ts';
import { randomPattern } from './random-pattern.ts';

/** A pattern and an event as JSON texts without tabs or line breaks between tokens, so that both engines read the same. */
export interface Pair {
  readonly pattern: string;
  readonly event: string;
}

/**
 * Random pairs; each pattern is asked about the event it was made for and about near misses of it.
 * @param count at least so many pairs
 */
export function* randomPairs(count: number, seed: number): Generator<Pair> {
  const random = seededRandom(seed);
  for (let made = 0; made < count; ) {
    const event = randomEvent(random);
    const pattern = JSON.stringify(randomPattern(event, random));
    for (const asked of [event, mutated(event, random), mutated(event, random)]) {
      yield { pattern, event: JSON.stringify(asked) };
      made += 1;
    }
  }
}

/** Each pattern against every known type and invented ones, from every source that any of the patterns names. */
export function* rulePairs(patterns: readonly string[]): Generator<Pair> {
  const types = [...knownTypes(), ...inventedTypes()].map((type) => envelope({ type }));
  const sources = patterns.flatMap((pattern): readonly string[] => JSON.parse(pattern).source ?? []);
  const around = [...new Set(sources), 'other'].flatMap((source) =>
    TELLING_TYPES.flatMap((type) => [
      envelope({ source, type }),
      envelope({ source, type, detail: TELLING_DETAIL }),
      envelope({ source, type, detail: TELLING_DETAIL, more: { 'replay-name': 'repair' } }),
    ]),
  );
  for (const pattern of patterns) for (const event of [...types, ...around]) yield { pattern, event };
}

/** Types that subscriptions ask for, and one that they do not. */
const TELLING_TYPES = ['invoice.payment_failed', 'customer.subscription.updated', 'product.created'];
/** What subscriptions look at below the type. */
const TELLING_DETAIL = { livemode: true, account: 'acct_1', data: { object: { status: 'active' } } };

function knownTypes(): readonly string[] {
  return EVENT_TYPES.map(({ type }) => type);
}

function inventedTypes(): readonly string[] {
  const around = ROUTES.flatMap(({ prefix }) => [
    prefix,
    prefix.slice(0, -1),
    `${prefix}new`,
    `${prefix}a.b`,
    `x${prefix}`,
  ]);
  return [...around, '', 'stripe_fanout.refused', 'Invoice.paid', 'v1.invoice.paid', 'v2.core.account', 'v3.new.thing'];
}

interface Envelope {
  /** @default 'stripe' */
  readonly source?: string;
  readonly type: string;
  readonly detail?: object;
  readonly more?: object;
}

function envelope({ source = 'stripe', type, detail, more }: Envelope): string {
  return JSON.stringify({
    version: '0',
    source,
    'detail-type': type,
    resources: [],
    detail: { object: 'event', type, ...detail },
    ...more,
  });
}
