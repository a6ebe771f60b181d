import { isRecord } from '../event/stripe-event.ts';
import { freshId, replaceId } from './fresh-ids.ts';
import { type ObjectsByKind, SAMPLE_OBJECTS } from './sample-objects.ts';
import type { SampleState } from './sample-state.ts';
import { SAMPLE_STATES } from './sample-states.ts';
import { THIN_OBJECTS } from './thin/thin-objects.ts';
import { THIN_STATES } from './thin/thin-states.ts';

export interface SampleObjectOptions {
  /** Makes the object's id fresh: the same seed gives the same id. @default the sample's own id */
  readonly seed?: string | undefined;
  readonly livemode: boolean;
  /** Objects to take in place of ours. */
  readonly objects?: ObjectsByKind | undefined;
}

/** An object at the moment of an event. */
export interface Moment {
  readonly object: Readonly<Record<string, unknown>>;
  /** What `previous_attributes` says, where the type implies it. */
  readonly before?: Readonly<Record<string, unknown>> | undefined;
}

const OBJECTS: ObjectsByKind = { ...SAMPLE_OBJECTS, ...THIN_OBJECTS };
const STATES: Readonly<Record<string, SampleState>> = { ...SAMPLE_STATES, ...THIN_STATES };

/** Kinds whose id is a name of Stripe's and not one object's. */
const NAMED_KINDS = new Set(['capability', 'reporting.report_type']);

/**
 * The object that an event of a type is about, in the state that the type implies; the same for a snapshot event and
 * its thin twin.
 * @param type canonical
 * @throws {RangeError} there is no object of the kind
 */
export function sampleObject(type: string, kind: string, options: SampleObjectOptions): Moment {
  const { seed, livemode, objects } = options;
  const { object, before } = objects ? given(objects, kind, type) : ours(kind, type);
  const own = seed === undefined ? object : withFreshId(object, kind, `${type} ${seed}`);
  return { object: withMode(own, livemode), before };
}

function ours(kind: string, type: string): Moment {
  const sample = OBJECTS[kind];
  if (!isRecord(sample)) throw new RangeError(`There is no sample of the kind ${kind}, which ${type} carries.`);
  const state = STATES[type];
  return { object: { ...sample, ...state?.now }, before: state?.before };
}

function given(objects: ObjectsByKind, kind: string, type: string): Moment {
  const byKind = isRecord(objects.resources) ? objects.resources : objects;
  const object = byKind[kind];
  if (!isRecord(object)) {
    throw new RangeError(
      `The given objects have none of the kind ${kind}, which ${type} carries: add a key "${kind}".`,
    );
  }
  return { object };
}

function withFreshId(object: Moment['object'], kind: string, seed: string): Moment['object'] {
  const { id } = object;
  if (typeof id !== 'string' || NAMED_KINDS.has(kind)) return object;
  const prefix = /^[a-z_]+_(test_)?(?=[A-Za-z0-9]+$)/.exec(id)?.[0] ?? '';
  return replaceId(object, id, freshId(prefix, seed));
}

/** Live and test objects never refer to each other, so the parts of the object change with it. */
function withMode<T>(value: T, livemode: boolean): T;
function withMode(value: unknown, livemode: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => withMode(item, livemode));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    key === 'livemode' && typeof item === 'boolean' ? livemode : withMode(item, livemode),
  ]);
  return Object.fromEntries(entries);
}
