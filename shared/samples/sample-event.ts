import { isRecord, type SnapshotEvent } from '../event/stripe-event.ts';
import { freshId, replaceId } from './fresh-ids.ts';
import { previousAttributes } from './previous-attributes.ts';
import { CREATED } from './sample-ids.ts';
import { sampleKind } from './sample-kind.ts';
import { type ObjectsByKind, SAMPLE_OBJECTS } from './sample-objects.ts';
import { SAMPLE_STATES, type SampleState } from './sample-states.ts';

/** The API version whose fields the samples have. */
export const SAMPLE_API_VERSION = '2026-10-28.endive';

export interface SampleEventOptions {
  /**
   * Makes the ids of the event and of its object fresh: the same seed gives the same ids.
   * @default the object keeps its sample's id, the event's id follows from the type
   */
  readonly seed?: string;
  /** The event's id, `evt_…`, instead of a made one. */
  readonly id?: string;
  /**
   * Unix seconds.
   * @default the moment at which the samples' world stands still
   */
  readonly created?: number;
  /** @default false */
  readonly livemode?: boolean;
  /**
   * The connected account it belongs to, `acct_…`.
   * @default none: the own account's event
   */
  readonly account?: string;
  /** Objects to take in place of ours, as they are: a map by kind, or the form of Stripe's `fixtures3.json`. */
  readonly objects?: ObjectsByKind;
}

/** Kinds whose id is a name of Stripe's and not one object's. */
const NAMED_KINDS = new Set(['capability', 'reporting.report_type']);

/**
 * A complete snapshot event, as Stripe sends it, of any type of the base catalogue.
 * `…updated` events say in `previous_attributes` what one field was before; `invoice.upcoming` has an invoice without
 * id; a `.deleted` event holds the object as it last was, without a flag.
 * @throws {RangeError} for a type outside the base catalogue, or when `objects` lacks the kind
 */
export function sampleEvent(type: string, options: SampleEventOptions = {}): SnapshotEvent {
  const { seed, livemode = false, created = CREATED, account } = options;
  const kind = sampleKind(type);
  const { object, before } = options.objects ? given(options.objects, kind, type) : ours(kind, type);
  const own = withMode(seed === undefined ? object : withFreshId(object, kind, `${type} ${seed}`), livemode);
  const previous = before ?? (type.endsWith('updated') ? previousAttributes(own) : undefined);
  return {
    id: options.id ?? freshId('evt_1', `${type} ${seed ?? ''}`, 23),
    object: 'event',
    ...(account === undefined ? {} : { account }),
    api_version: SAMPLE_API_VERSION,
    created,
    data: {
      object: type === 'invoice.upcoming' ? withoutId(own) : own,
      ...(previous && { previous_attributes: previous }),
    },
    livemode,
    pending_webhooks: 1,
    request: { id: freshId('req_', `${type} ${seed ?? ''}`, 14), idempotency_key: null },
    type,
  };
}

interface Moment {
  readonly object: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, unknown>> | undefined;
}

function ours(kind: string, type: string): Moment {
  const sample = Object.entries(SAMPLE_OBJECTS).find(([name]) => name === kind)?.[1];
  if (sample === undefined) throw new RangeError(`There is no sample of the kind ${kind}, which ${type} carries.`);
  const state: SampleState | undefined = Object.entries(SAMPLE_STATES).find(([name]) => name === type)?.[1];
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

function withoutId({ id, ...rest }: Moment['object']): Moment['object'] {
  return rest;
}
