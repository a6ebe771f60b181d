import type { Random } from '#shared/random/seeded-random.ts';
import { type Json, type JsonObject, NUMBERS, randomScalar, type Scalar, STRINGS } from './random-event.ts';

/**
 * Matchers that EventBridge refuses, or that stand at the edge of what it refuses. Not among them are two that the
 * engine refuses only in some places of a pattern, and ours everywhere: an empty list inside `anything-but`'s
 * operators, and a range beyond the largest number.
 */
const DOUBTFUL: readonly Json[] = [
  ...[{}, [], ['a'], { regex: 'a' }, { Prefix: 'a' }, { prefix: 'a', suffix: 'b' }, { prefix: 5 }, { prefix: null }],
  ...[{ prefix: { suffix: 'a' } }, { prefix: {} }, { suffix: { 'equals-ignore-case': 5 } }, { suffix: ['a'] }],
  ...[
    { prefix: { 'equals-ignore-case': 'a', prefix: 'b' } },
    { exactly: 5 },
    { exactly: 'a' },
    { exactly: '10.0.0.1' },
  ],
  ...[{ exists: 'true' }, { exists: null }, { exists: true, prefix: 'a' }, { 'equals-ignore-case': ['a'] }],
  ...[{ wildcard: '**' }, { wildcard: 'a\\*b' }, { wildcard: 'a\\\\*' }, { wildcard: 'a\\b' }, { wildcard: '\\' }],
  ...[{ wildcard: '*\\**' }, { wildcard: 5 }, { wildcard: '' }, { wildcard: '*' }, { wildcard: '*a*b*' }],
  ...[{ numeric: [] }, { numeric: ['='] }, { numeric: ['<', 5, '>', 1] }, { numeric: ['>', 1, '<', 1] }],
  ...[{ numeric: ['>', 1, '>', 2] }, { numeric: ['=', 1, '<', 2] }, { numeric: ['>', 1, '<'] }, { numeric: 5 }],
  ...[{ numeric: ['>', 1, '<', 5, '<', 6] }, { numeric: [5, '>'] }, { numeric: ['>', '5'] }, { numeric: ['==', 5] }],
  ...[{ numeric: ['>', 1, 2, 3] }, { numeric: ['>', -Number.MAX_VALUE] }, { numeric: ['<=', Number.MAX_VALUE] }],
  ...[{ cidr: '10.0.0.0' }, { cidr: '10.0.0.0/32' }, { cidr: '10.0.0.0/-1' }, { cidr: '10.0.0.0/8/' }, { cidr: '/8' }],
  ...[
    { cidr: '10.0.0.0/+8' },
    { cidr: '10.0.0.0/08' },
    { cidr: 'x/8' },
    { cidr: '::/128' },
    { cidr: '::1/127' },
    { cidr: 8 },
  ],
  ...[
    { cidr: '10.0.0.0//8' },
    { cidr: '10.0.0.0/8a' },
    { cidr: '256.0.0.0/8' },
    { cidr: '::ffff:a00:0/31' },
    { cidr: '' },
  ],
  ...[{ 'anything-but': null }, { 'anything-but': true }, { 'anything-but': [] }, { 'anything-but': ['a', 1] }],
  ...[{ 'anything-but': {} }, { 'anything-but': { prefix: '' } }, { 'anything-but': { suffix: ['a', ''] } }],
  ...[{ 'anything-but': { prefix: 5 } }],
  ...[
    { 'anything-but': { 'equals-ignore-case': '' } },
    { 'anything-but': { wildcard: '' } },
    { 'anything-but': [null] },
  ],
  ...[
    { 'anything-but': { prefix: 'a', suffix: 'b' } },
    { 'anything-but': { wildcard: ['a', '**'] } },
    { 'anything-but': [['a']] },
  ],
  ...[
    { 'anything-but': { exists: true } },
    { 'anything-but': 'a', prefix: 'a' },
    { 'anything-but': { prefix: [['a']] } },
  ],
];

/** A pattern about the given event: most of its fields are there, and most matchers are close to a value there. */
export function randomPattern(event: JsonObject, random: Random): Json {
  if (random.chance(0.01)) return random.pick<Json>([[], 'a', 5, null, {}]);
  const leaves = leavesOf(event);
  const pattern = fields(leaves, 1 + random.below(3), random);
  if (random.chance(0.2)) {
    const count = random.chance(0.05) ? random.below(2) : 2 + random.below(2);
    const branches = Array.from({ length: count }, () => branch(leaves, random));
    const or = random.chance(0.03) ? random.pick<Json>(['a', { a: ['b'] }, [5, 6]]) : branches;
    const nested = Object.keys(pattern).find((key) => typeof pattern[key] === 'object' && !Array.isArray(pattern[key]));
    const host = nested !== undefined && random.chance(0.4) ? pattern[nested] : pattern;
    if (typeof host === 'object' && host !== null && !Array.isArray(host)) host.$or = or;
  }
  return pattern;
}

interface Leaf {
  readonly keys: readonly string[];
  readonly value: Scalar;
}

function leavesOf(value: Json, keys: readonly string[] = []): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((element) => leavesOf(element, keys));
  if (typeof value !== 'object' || value === null) return [{ keys, value }];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...keys, key]));
}

function branch(leaves: readonly Leaf[], random: Random): JsonObject {
  const made = fields(leaves, 1 + random.below(2), random);
  if (random.chance(0.1)) made.$or = [fields(leaves, 1, random), fields(leaves, 1, random)];
  return made;
}

function fields(leaves: readonly Leaf[], count: number, random: Random): JsonObject {
  const pattern: JsonObject = Object.create(null);
  for (let made = 0; made < count; made += 1) {
    const leaf = leaves.length > 0 && random.chance(0.85) ? random.pick(leaves) : missing(leaves, random);
    put(pattern, spelt(leaf.keys, random), matchers(leaf.value, random));
  }
  return pattern;
}

/** A path that is probably not in the event. */
function missing(leaves: readonly Leaf[], random: Random): Leaf {
  const near = leaves.length > 0 && random.chance(0.5) ? random.pick(leaves).keys : [];
  return { keys: [...near.slice(0, -1), random.pick(['a', 'b', 'zz', 'id'])], value: randomScalar(random) };
}

/** A path can be spelt as nested objects or with dots. */
function spelt(keys: readonly string[], random: Random): readonly string[] {
  if (keys.length < 2 || random.chance(0.9)) return keys;
  const at = random.below(keys.length - 1);
  return [...keys.slice(0, at), `${keys[at]}.${keys[at + 1]}`, ...keys.slice(at + 2)];
}

function put(pattern: JsonObject, keys: readonly string[], list: Json): void {
  const [key = 'a', ...rest] = keys;
  const present = pattern[key];
  if (rest.length === 0) {
    if (typeof present !== 'object' || present === null || Array.isArray(present)) pattern[key] = list;
    return;
  }
  if (Array.isArray(present)) return;
  const inner: JsonObject = typeof present === 'object' && present !== null ? present : Object.create(null);
  pattern[key] = inner;
  put(inner, rest, list);
}

function matchers(value: Scalar, random: Random): Json {
  if (random.chance(0.01)) return random.pick<Json>([[], 'a', null, 5]);
  return Array.from({ length: random.chance(0.65) ? 1 : 2 + random.below(2) }, () => matcher(value, random));
}

function matcher(near: Scalar, random: Random): Json {
  if (random.chance(0.04)) return random.pick(DOUBTFUL);
  const value = random.chance(0.75) ? near : randomScalar(random);
  const kind = random.below(12);
  if (kind === 0) return { exists: random.chance(0.5) };
  if (kind < 3) return value;
  if (typeof value === 'number') return aboutNumber(value, random);
  return aboutText(typeof value === 'string' ? value : random.pick(STRINGS), random);
}

function aboutNumber(value: number, random: Random): Json {
  const other = random.chance(0.5) ? random.pick(NUMBERS) : value + random.pick([-1, 1, 0.5]);
  const [low, high] = value < other ? [value, other] : [other, value];
  return random.pick<() => Json>([
    () => ({ numeric: ['=', value] }),
    () => ({ numeric: [random.pick(['<', '<=', '>', '>=']), random.chance(0.5) ? value : other] }),
    () => ({ numeric: [random.pick(['>', '>=']), low, random.pick(['<', '<=']), high] }),
    () => ({ 'anything-but': random.chance(0.5) ? value : other }),
    () => ({ 'anything-but': random.chance(0.5) ? [value, other] : [other] }),
    () => ({ cidr: random.pick(['0.0.0.0/0', '16.0.0.0/8', '::/0', '66.0.0.0/7']) }),
  ])();
}

function aboutText(value: string, random: Random): Json {
  const cut = random.below(value.length + 1);
  const start = value.slice(0, cut);
  const end = value.slice(cut);
  const cased = random.pick([value, value.toUpperCase(), value.toLowerCase()]);
  const other = random.pick(STRINGS);
  const either = (text: string): Json => (random.chance(0.5) ? text : [text, other]);
  return random.pick<() => Json>([
    () => ({ prefix: start }),
    () => ({ suffix: end }),
    () => ({ prefix: { 'equals-ignore-case': cased.slice(0, cut) } }),
    () => ({ suffix: { 'equals-ignore-case': cased.slice(cut) } }),
    () => ({ 'equals-ignore-case': cased }),
    () => ({ wildcard: starred(value, random) }),
    () => ({ 'anything-but': either(value) }),
    () => ({ 'anything-but': { prefix: either(start || 'a') } }),
    () => ({ 'anything-but': { suffix: either(end || 'a') } }),
    () => ({ 'anything-but': { 'equals-ignore-case': either(cased) } }),
    () => ({
      'anything-but': { wildcard: random.chance(0.5) ? starred(value, random) : [starred(value, random), 'a*'] },
    }),
    () => ({ cidr: block(value, random) }),
  ])();
}

/** The text with some stretches replaced by stars, what is special escaped (mostly). */
function starred(value: string, random: Random): string {
  const escaped = random.chance(0.95) ? value.replace(/[*\\]/g, '\\$&') : value;
  const at = random.below(escaped.length + 1);
  const to = at + random.below(escaped.length - at + 1);
  const once = `${escaped.slice(0, at)}*${escaped.slice(to)}`;
  return random.chance(0.3) ? `*${once}`.replace(/\*+/g, '*') : once;
}

function block(value: string, random: Random): string {
  const address = /^[\d.:a-fA-F]+$/.test(value) ? value : random.pick(['10.0.0.0', '0.0.0.0', '2001:db8::', '::']);
  return `${address}/${random.below(address.includes(':') ? 128 : 32)}`;
}
