import type { Fanout } from './fanout.ts';
import type { SnapshotEvent } from './stripe-event.ts';

/** `Source` of what everyone matches. */
export const STRIPE_SOURCE = 'stripe';
/** `Source` of notifications that wait for the resolver. */
export const THIN_SOURCE = 'stripe.thin';

/** Type under which an event is announced that the bus refuses for good; no prefix covers it, so it is unrecognized. */
export const REFUSED_TYPE = 'stripe_fanout.refused';

/**
 * Type of what is no event: the present state of an object, fetched for its domain. It never comes to the bus, only to
 * the domain's queue, and nothing reacts to it.
 */
export const REFRESHED_TYPE = 'stripe_fanout.refreshed';

/** One entry of PutEvents, before the bus's name is added. */
export interface BusEntry {
  readonly source: typeof STRIPE_SOURCE | typeof THIN_SOURCE;
  /** The canonical event type. */
  readonly detailType: string;
  /** JSON text: Stripe's own bytes plus the key `fanout`. */
  readonly detail: string;
  /** When it is published: archive replays select by it. */
  readonly time: Date;
}

/** What consumers find under `detail`: Stripe's event and how it came. */
export type FanoutEvent = SnapshotEvent & { readonly fanout: Fanout };

/**
 * Adds `fanout` to an event without touching Stripe's bytes, so that big integers and key order survive:
 * the text before the last brace, then the new key.
 * @param json text of a JSON object with at least one key and without a top-level `fanout`
 * @param notification JSON text of the thin event that it was resolved from: becomes `fanout.notification` as it is
 */
export function spliceFanout(json: string, fanout: Fanout, notification?: string): string {
  const added = JSON.stringify(fanout);
  return addMember(json, 'fanout', notification === undefined ? added : addMember(added, 'notification', notification));
}

/**
 * Adds a member before the last brace. Joined, which makes one flat string: whoever writes that character by character,
 * as the SDK does, needs half the time.
 * @param value JSON text
 */
export function addMember(json: string, name: string, value: string): string {
  return [json.slice(0, json.lastIndexOf('}')), ',"', name, '":', value, '}'].join('');
}
