import { findEventType } from '#shared/catalogue/find-event-type.ts';
import type { SnapshotEvent, ThinEvent } from '#shared/event/stripe-event.ts';
import { type LocalDestination, takesType } from '../destinations/local-destination.ts';
import type { LocalDestinations } from '../destinations/local-destinations.ts';
import { type Emission, EmissionRefused } from './emission.ts';
import { bridgeRecipient, type PartnerBridge } from './partner-bridge.ts';
import { postEvent, type TryResult } from './post-event.ts';

/** Where one event is delivered. */
export interface Recipient {
  /** A name of the configuration, or the id of a destination that was made at the stand-in. */
  readonly name: string;
  /** Tries once, with what the destination is at this moment. */
  readonly attempt: (body: string, signal: AbortSignal) => Promise<TryResult>;
  readonly state: () => 'enabled' | 'disabled' | 'deleted';
  /** Whether there is no second try. @default false */
  readonly isTriedOnce?: boolean;
  /** Of the snapshots it gets. */
  readonly apiVersion?: string | undefined;
}

/** A destination that was made at the stand-in, as a recipient. */
export function recipientOf(
  destination: LocalDestination,
  destinations: LocalDestinations,
  bridge: PartnerBridge,
): Recipient {
  const { id, apiVersion, eventSource, changeable, secret } = destination;
  const common = { name: id, state: () => destinations.stateOf(id), apiVersion };
  const source = eventSource?.arn.split(':event-source/')[1];
  return source === undefined
    ? { ...common, attempt: (body, signal) => postEvent(changeable.url, body, secret, signal) }
    : { ...common, ...bridgeRecipient(id, source, bridge) };
}

/**
 * The destinations that an event goes to: those that are enabled at this moment, and ask for its type from its account.
 * @throws {EmissionRefused} nobody listens for a type that Stripe makes only when somebody does
 */
export function listening(
  destinations: LocalDestinations,
  style: 'snapshot' | 'thin',
  { type, livemode = false, account }: Emission,
  bridge: PartnerBridge,
): readonly Recipient[] {
  const entry = findEventType(type);
  const name = (style === 'thin' ? entry?.thin?.type : entry?.type) ?? type;
  const from = account === undefined ? '@self' : '@accounts';
  const isSelected = entry?.selectionRequired === true;
  const asking = destinations
    .all(livemode)
    .filter((one) => one.payload === style && one.eventsFrom.includes(from) && takesType(one, name, isSelected));
  if (asking.length === 0 && isSelected) {
    throw new EmissionRefused(`Stripe makes no ${name}: the type requires selection, and no destination names it.`);
  }
  return asking
    .filter((one) => one.changeable.status === 'enabled')
    .map((one) => recipientOf(one, destinations, bridge));
}

/** The event as a recipient gets it: a snapshot in the recipient's own API version. */
export function bodyFor({ apiVersion }: Recipient, event: SnapshotEvent | ThinEvent, body: string): string {
  return event.object === 'event' && apiVersion !== undefined && apiVersion !== event.api_version
    ? JSON.stringify({ ...event, api_version: apiVersion })
    : body;
}
