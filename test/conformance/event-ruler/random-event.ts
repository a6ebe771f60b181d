import type { Random } from '#shared/random/seeded-random.ts';

export type Scalar = string | number | boolean | null;
export type Json = Scalar | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/**
 * Dotted keys are among them, but none that nested keys could also spell: where an event holds both `"a.b"` and
 * `a` → `b`, inside lists, event-ruler overlooks one of them.
 */
const KEYS = [
  'a',
  'b',
  'c',
  'id',
  'type',
  'detail',
  'detail-type',
  'source',
  'd.e',
  'x.y.z',
  '',
  'é',
  'prefix',
  '__proto__',
];

export const STRINGS = [
  ...['', 'a', 'A', 'ab', 'aB', 'abc', 'Abc', 'cab', 'a b', '"', 'a"', '"a', '\\', '*', 'a*b', 'a\\b', '\t', '\u0000'],
  ...['invoice.paid', 'invoice.payment_failed', 'customer.created', 'customer.subscription.updated', 'INVOICE.PAID'],
  ...[
    'ß',
    'SS',
    'ss',
    'é',
    'É',
    'e\u0301',
    'İ',
    'i\u0307',
    'ı',
    'σ',
    'ς',
    'Σ',
    '\u212a',
    'k',
    'ⱥ',
    'Ⱥ',
    'ŉ',
    'ﬁ',
    'FI',
  ],
  ...['😀', '??', '?', '大雨', '雨', '𝔸', '\ufffd', '\uffff', 'true', 'null', 'false', '5', '5.0', '-1', '1e3'],
  ...['10.0.0.1', '10.0.0.255', '10.0.1.0', '10.00.0.1', '16.0.0.1', '255.255.255.255', '0.0.0.0', '256.1.1.1'],
  ...[
    '1.2.3',
    '::1',
    '::',
    '2001:db8::1',
    '2001:0DB8:0:0:0:0:0:1',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    ':',
    '12:30',
    '1::2::3',
  ],
];

export const NUMBERS = [
  ...[0, 1, -1, 2, 5, 5.5, -5.5, 10, 16, 42, 100, 105, 300, 4900, 0.1, 0.3, 1e-7, 1e21, 1.5e300, -1e300],
  ...[123456789012, 2 ** 50, 10000001, 16000001, 1700000000],
];

export function randomScalar(random: Random): Scalar {
  const kind = random.below(10);
  if (kind < 6) return random.pick(STRINGS);
  if (kind < 9) return random.pick(NUMBERS);
  return random.pick<Scalar>([true, false, null]);
}

/** An event of up to four levels with lists of scalars, of objects, and of lists. */
export function randomEvent(random: Random): JsonObject {
  return randomObject(random, 0);
}

function randomObject(random: Random, depth: number): JsonObject {
  const entries: [string, Json][] = [];
  for (let count = random.below(4) + (depth === 0 ? 1 : 0); count > 0; count -= 1) {
    entries.push([random.pick(KEYS), randomValue(random, depth + 1)]);
  }
  // From entries, so that "__proto__" is a key like any other.
  return Object.fromEntries(entries);
}

function randomValue(random: Random, depth: number): Json {
  const kind = depth > 3 ? 0 : random.below(10);
  if (kind < 5) return randomScalar(random);
  if (kind < 7) return randomObject(random, depth);
  return Array.from({ length: random.below(4) }, () => randomValue(random, depth + 1));
}

/** The event with one of its values replaced: what matched before may just fail now, and the other way round. */
export function mutated(event: JsonObject, random: Random): JsonObject {
  const copy = structuredClone(event);
  const places: [container: Json[] | JsonObject, key: string | number][] = [];
  const visit = (container: Json[] | JsonObject): void => {
    for (const key of Array.isArray(container) ? container.keys() : Object.keys(container)) {
      places.push([container, key]);
      const value = Reflect.get(container, key);
      if (typeof value === 'object' && value !== null) visit(value);
    }
  };
  visit(copy);
  const [container, key] = random.pick(places);
  Reflect.set(container, key, randomValue(random, random.chance(0.7) ? 4 : 2));
  return copy;
}
