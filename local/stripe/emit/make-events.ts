import { randomUUID } from 'node:crypto';
import { findEventType } from '#shared/catalogue/find-event-type.ts';
import type { SnapshotEvent, ThinEvent } from '#shared/event/stripe-event.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { sampleThinEvent } from '#shared/samples/thin/sample-thin-event.ts';
import type { StoredEvent } from '../store/stored-events.ts';
import type { StripeWorld } from '../store/stripe-world.ts';
import { type Emission, EmissionRefused } from './emission.ts';

/** An event, and what is posted of it. */
export interface MadeEvent {
  readonly style: 'snapshot' | 'thin';
  readonly stored: StoredEvent<SnapshotEvent> | StoredEvent<ThinEvent>;
  /** JSON: of a thin event the notification, which lacks what only the fetched event has. */
  readonly body: string;
  readonly object?: string;
}

/**
 * Makes the events of an emission, and lets the API know them and their object from now on.
 * @param now Unix milliseconds
 * @throws {EmissionRefused} Stripe sends no such event, or there is no object to send
 */
export function makeEvents(emission: Emission, world: StripeWorld, now: number): readonly MadeEvent[] {
  try {
    return make(emission, world, now);
  } catch (cause) {
    if (cause instanceof RangeError) throw new EmissionRefused(cause.message, { cause });
    throw cause;
  }
}

function make(emission: Emission, world: StripeWorld, now: number): readonly MadeEvent[] {
  const { style = 'snapshot', account, livemode = false, object, seed = randomUUID() } = emission;
  const type = findEventType(emission.type)?.type;
  if (type === undefined) throw new EmissionRefused(`${emission.type} is not in the catalogue of event types.`);
  const scope = { livemode, account };
  world.connect(scope);
  const options = { seed, livemode, created: emission.created ?? now / 1000, ...(object && { object }) };
  const made: MadeEvent[] = [];
  let twin: string | undefined;
  if (style !== 'thin') {
    const whole = { ...options, created: Math.floor(options.created), ...(account !== undefined && { account }) };
    const event = sampleEvent(type, whole);
    twin = event.id;
    remember(world, scope, type, event.data.object);
    made.push({
      style: 'snapshot',
      stored: world.snapshots.add(scope, event),
      body: JSON.stringify(event),
      ...idOf(event.data.object),
    });
  }
  if (style !== 'snapshot') {
    const { notification, relatedObject, fetchedEvent } = sampleThinEvent(type, {
      ...options,
      ...(account !== undefined && { context: account }),
      ...(twin !== undefined && { snapshotEvent: twin }),
    });
    if (relatedObject) remember(world, scope, type, relatedObject);
    made.push({
      style: 'thin',
      stored: world.thin.add(scope, fetchedEvent),
      body: JSON.stringify(notification),
      ...idOf(relatedObject),
    });
  }
  return made;
}

/** A canceled subscription is a state that can still be fetched; all else that is deleted cannot. */
function remember(
  { objects }: StripeWorld,
  scope: { readonly livemode: boolean; readonly account: string | undefined },
  type: string,
  object: Readonly<Record<string, unknown>>,
): void {
  if (type.endsWith('.deleted') && type !== 'customer.subscription.deleted') objects.delete(scope, object);
  else objects.put(scope, object);
}

function idOf(object: Readonly<Record<string, unknown>> | undefined): { readonly object?: string } {
  return typeof object?.id === 'string' ? { object: object.id } : {};
}
