import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { patternForRoute } from '#shared/patterns/pattern-for-route.ts';
import { THIN_PATTERN } from '#shared/patterns/thin-pattern.ts';
import { UNRECOGNIZED_PATTERN } from '#shared/patterns/unrecognized-pattern.ts';
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

/** Every rule of this project against every known type and invented ones, resolved and waiting. */
export function* routingPairs(): Generator<Pair> {
  const types = [...knownTypes(), ...inventedTypes()];
  for (const pattern of [...ROUTES.map(patternForRoute), UNRECOGNIZED_PATTERN, THIN_PATTERN]) {
    for (const type of types) {
      yield { pattern: JSON.stringify(pattern), event: envelope('stripe', type) };
    }
    yield { pattern: JSON.stringify(pattern), event: envelope('stripe.thin', 'invoice.paid') };
    yield { pattern: JSON.stringify(pattern), event: envelope('other', 'invoice.paid') };
  }
}

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

function envelope(source: string, type: string): string {
  return JSON.stringify({
    version: '0',
    source,
    'detail-type': type,
    resources: [],
    detail: { object: 'event', type },
  });
}
