import type { EventTypeEntry } from '../catalogue/event-type-entry.ts';
import { EVENT_TYPES } from '../catalogue/event-types.ts';
import { STRIPE_SOURCE, THIN_SOURCE } from '../event/bus-entry.ts';
import { compileBranches } from './compile-pattern.ts';
import { parseBranches } from './parse-branches.ts';

/** What a pattern selects of the catalogue. */
export interface MatchedTypes {
  /** The types of which a rule with this pattern gets events. */
  readonly types: readonly EventTypeEntry[];
  /** The types of which it gets notifications, before the resolver has made events of them. */
  readonly notifications: readonly EventTypeEntry[];
  /** What else the pattern asks for, as dotted paths: which events of these types it gets depends on it. */
  readonly conditions: readonly string[];
}

/** What the type of an event decides; everything else differs from event to event. */
const DECIDED_BY_TYPE: ReadonlySet<string> = new Set([
  'source',
  'detail-type',
  'detail.type',
  'detail.object',
  'detail.data.object.object',
  'detail.related_object.type',
]);

/** Fields that every event on a bus has, and `replay-name`; no event has another, so that a pattern with one matches none. */
export const ENVELOPE_FIELDS: readonly string[] =
  'version id detail-type source account time region resources detail replay-name'.split(' ');

/**
 * Says which catalogued types a pattern can match, whatever its other conditions make of the single event.
 * @throws {InvalidPattern} EventBridge would refuse the pattern
 */
export function matchedTypes(pattern: unknown): MatchedTypes {
  const branches = parseBranches(pattern);
  const paths = new Set(branches.flatMap((branch) => [...branch.keys()]));
  const matches = compileBranches(branches.map((branch) => new Map([...branch].filter(([path]) => isDecided(path)))));
  return {
    types: EVENT_TYPES.filter((entry) => eventsOf(entry).some(matches)),
    notifications: EVENT_TYPES.filter((entry) => notificationsOf(entry).some(matches)),
    conditions: [...paths].filter((path) => !isDecided(path)).sort(),
  };
}

function isDecided(path: string): boolean {
  return DECIDED_BY_TYPE.has(path) || !ENVELOPE_FIELDS.includes(path.split('.')[0] ?? path);
}

/** The decided part of the bus's entries of a type, one for each kind of object it can be about. */
function eventsOf({ type, objectKinds }: EventTypeEntry): readonly object[] {
  return kindsOf(objectKinds).map((object) => ({
    source: STRIPE_SOURCE,
    'detail-type': type,
    detail: { type, object: 'event', data: { object: { object } } },
  }));
}

function notificationsOf({ type, objectKinds, thin }: EventTypeEntry): readonly object[] {
  if (thin === undefined) return [];
  return kindsOf(thin.relatedObject === 'none' ? [] : objectKinds).map((kind) => ({
    source: THIN_SOURCE,
    'detail-type': type,
    detail: { type: thin.type, object: 'v2.core.event', related_object: { type: kind } },
  }));
}

/** An event about no known kind is still an event; what is `undefined` counts as absent. */
function kindsOf(kinds: readonly string[]): readonly (string | undefined)[] {
  return kinds.length > 0 ? kinds : [undefined];
}
