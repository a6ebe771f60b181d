import type { SnapshotEvent } from '../event/stripe-event.ts';
import { freshId } from './fresh-ids.ts';
import { previousAttributes } from './previous-attributes.ts';
import { CREATED } from './sample-ids.ts';
import { sampleKind } from './sample-kind.ts';
import { sampleObject } from './sample-object.ts';
import type { ObjectsByKind } from './sample-objects.ts';

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
  /** The object itself, as it is. */
  readonly object?: Readonly<Record<string, unknown>>;
}

/**
 * A complete snapshot event, as Stripe sends it, of any type that Stripe sends as a snapshot.
 * `…updated` events say in `previous_attributes` what one field was before; `invoice.upcoming` has an invoice without
 * id; a `.deleted` event holds the object as it last was, without a flag.
 * @throws {RangeError} for another type, or when `objects` lacks the kind
 */
export function sampleEvent(type: string, options: SampleEventOptions = {}): SnapshotEvent {
  const { seed, livemode = false, created = CREATED, account } = options;
  const { object, before } = options.object
    ? { object: options.object }
    : sampleObject(type, sampleKind(type), { seed, livemode, objects: options.objects });
  const previous = before ?? (type.endsWith('updated') ? previousAttributes(object) : undefined);
  return {
    id: options.id ?? freshId('evt_1', `${type} ${seed ?? ''}`, 23),
    object: 'event',
    ...(account === undefined ? {} : { account }),
    api_version: SAMPLE_API_VERSION,
    created,
    data: {
      object: type === 'invoice.upcoming' ? withoutId(object) : object,
      ...(previous && { previous_attributes: previous }),
    },
    livemode,
    pending_webhooks: 1,
    request: { id: freshId('req_', `${type} ${seed ?? ''}`, 14), idempotency_key: null },
    type,
  };
}

function withoutId({ id, ...rest }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return rest;
}
