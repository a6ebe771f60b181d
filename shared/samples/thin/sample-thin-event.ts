import type { ThinFacts } from '../../catalogue/event-type-entry.ts';
import { findEventType } from '../../catalogue/find-event-type.ts';
import type { ThinEvent } from '../../event/stripe-event.ts';
import { objectUrl } from '../../stripe/object-url.ts';
import { freshId } from '../fresh-ids.ts';
import { CREATED } from '../sample-ids.ts';
import { sampleObject } from '../sample-object.ts';
import type { ObjectsByKind } from '../sample-objects.ts';
import { THIN_EVENT_DATA } from './event-data.ts';
import { nanosecondTime } from './nanosecond-time.ts';

export interface SampleThinEventOptions {
  /**
   * Makes the ids of the event and of its object fresh: the same seed gives the same ids, the object's also in the
   * snapshot twin.
   * @default the object keeps its sample's id, the event's id follows from the type
   */
  readonly seed?: string;
  /** The event's id, `evt_…`, instead of a made one. */
  readonly id?: string;
  /**
   * Unix seconds, fractions allowed.
   * @default the moment at which the samples' world stands still
   */
  readonly created?: number;
  /** @default false */
  readonly livemode?: boolean;
  /**
   * The account it belongs to, `acct_…` or a path of two of an organization.
   * @default none: the own account's event
   */
  readonly context?: string;
  /** Id of the snapshot event of the same change. */
  readonly snapshotEvent?: string;
  /** What changed in the object, in Stripe's form. */
  readonly changes?: Readonly<Record<string, unknown>>;
  /** Objects to take in place of ours: a map by kind. */
  readonly objects?: ObjectsByKind;
  /** The related object itself, as it is. */
  readonly object?: Readonly<Record<string, unknown>>;
}

export interface SampleThinEvent {
  /** What Stripe posts. */
  readonly notification: ThinEvent;
  /** What `GET` of the related object's URL answers; absent for types without one. */
  readonly relatedObject?: Readonly<Record<string, unknown>>;
  /** What `GET /v2/core/events/:id` answers: with `data`, where the type has any. */
  readonly fetchedEvent: ThinEvent;
}

/** The alert itself is fetched; the snapshot event carries the occasion instead, which has no id. */
const THIN_KIND: Readonly<Record<string, string>> = { 'billing.alert.triggered': 'billing.alert' };

/**
 * A complete thin event of any of Stripe's thin types, with all that it refers to.
 * @param name with or without the `v1.` of thin types
 * @throws {RangeError} for a type that Stripe does not send thin, or when `objects` lacks the kind
 */
export function sampleThinEvent(name: string, options: SampleThinEventOptions = {}): SampleThinEvent {
  const entry = findEventType(name);
  if (entry?.thin === undefined) {
    throw new RangeError(`There is no thin sample of ${name}: Stripe sends no thin event of that type.`);
  }
  const { type, thin } = entry;
  const { seed, livemode = false, created = CREATED, context, snapshotEvent, changes, objects } = options;
  const kind = THIN_KIND[type] ?? entry.objectKinds[0] ?? '';
  const relatedObject =
    thin.relatedObject === 'none'
      ? undefined
      : (options.object ?? sampleObject(type, kind, { seed, livemode, objects }).object);
  const unique = `${thin.type} ${seed ?? ''}`;
  const notification: ThinEvent = {
    id: options.id ?? freshId(livemode ? 'evt_65' : 'evt_test_65', unique, 30),
    object: 'v2.core.event',
    type: thin.type,
    livemode,
    created: nanosecondTime(created, unique),
    ...(context === undefined ? {} : { context }),
    ...(relatedObject && { related_object: reference(thin, relatedObject) }),
    reason: {
      type: 'request',
      request: { id: freshId('req_v2', unique, 14), idempotency_key: freshId('', unique, 20) },
    },
    ...(snapshotEvent === undefined ? {} : { snapshot_event: snapshotEvent }),
    ...(changes && { changes }),
  };
  const data = Object.entries(THIN_EVENT_DATA).find(([owner]) => owner === thin.type)?.[1];
  return {
    notification,
    ...(relatedObject && { relatedObject }),
    fetchedEvent: { ...notification, ...(data && { data }) },
  };
}

function reference(
  { type, relatedObject }: ThinFacts,
  object: Readonly<Record<string, unknown>>,
): NonNullable<ThinEvent['related_object']> {
  const url = objectUrl(object);
  if (url === undefined) throw new RangeError(`The object that ${type} speaks of (${object.object}) has no URL.`);
  // A part of an account is asked for by name; without it the answer leaves that part out.
  const part = /\[(.+)\]/.exec(type)?.[1];
  return {
    ...(relatedObject === 'object' && { id: String(object.id) }),
    type: String(object.object),
    url: part === undefined ? url : `${url}?include=${part}`,
  };
}
