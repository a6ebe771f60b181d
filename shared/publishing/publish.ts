import { canonicalType } from '../catalogue/canonical-type.ts';
import { BusRefused } from '../errors/store-errors.ts';
import { type BusEntry, REFUSED_TYPE, STRIPE_SOURCE, spliceFanout, THIN_SOURCE } from '../event/bus-entry.ts';
import type { Fanout } from '../event/fanout.ts';
import { eventPayloadKey } from '../event/payload-key.ts';
import { referenceDetail } from '../event/reference-detail.ts';
import { accountOf, createdMs, isThin, type StripeEvent } from '../event/stripe-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventBus } from '../ports/event-bus.ts';
import type { PayloadStore } from '../ports/payload-store.ts';

/** What publishing does to the world outside. */
export interface PublishPorts {
  readonly bus: EventBus;
  readonly payloads: PayloadStore;
  readonly clock: Clock;
  /** Bytes of detail above which an event goes to the payload store. */
  readonly inlineLimit: number;
}

/** An event and the text that says so: Stripe's own bytes, or those of a resolved event. */
export interface EventText {
  readonly text: string;
  readonly event: StripeEvent;
  /** Only of a resolved event: JSON text of the notification that it was resolved from. */
  readonly notification?: string;
}

/** What `fanout` says of the event however its entry will carry it; the rest is filled in by publishing. */
export type Origin = Omit<Fanout, 'version' | 'publishedAt' | 'payload' | 'notification' | 'reference' | 'refused'> & {
  readonly payload: Exclude<Fanout['payload'], 'reference'>;
};

/** How the entry on the bus carries the event. */
export type Published = 'inline' | 'reference' | 'refused';

/**
 * Puts an event on the bus, in the bytes of its text; what the bus cannot hold goes to the payload store first, so
 * that the entry never points to something that is not there yet.
 * @throws {PublishFailed | PublishUnknown | PayloadStoreUnavailable}
 */
export async function publish(
  ports: PublishPorts,
  { text, event, notification }: EventText,
  origin: Origin,
  signal: AbortSignal,
): Promise<Published> {
  const now = new Date(ports.clock.now());
  const fanout: Fanout = { version: 1, ...origin, publishedAt: now.toISOString() };
  const entry = (detail: string): BusEntry => ({
    source: isThin(event) ? THIN_SOURCE : STRIPE_SOURCE,
    detailType: isThin(event) ? canonicalType(event.type) : event.type,
    detail,
    time: now,
  });
  const store = async () => {
    const stored = await ports.payloads.put(eventPayloadKey(event.id, origin.payload), text, signal);
    return { ...stored, payload: origin.payload };
  };

  const detail = spliceFanout(text, fanout, notification);
  if (Buffer.byteLength(detail) > ports.inlineLimit) {
    const referring: Fanout = { ...fanout, payload: 'reference', reference: await store() };
    const rest = JSON.stringify(referenceDetail(event));
    await ports.bus.publish(entry(spliceFanout(rest, referring, notification)), signal);
    return 'reference';
  }
  try {
    await ports.bus.publish(entry(detail), signal);
    return 'inline';
  } catch (error) {
    if (!(error instanceof BusRefused)) throw error;
    const referring: Fanout = { ...fanout, payload: 'reference', reference: await store() };
    await ports.bus.publish(refusedEntry(event, referring, error.reason, now), signal);
    return 'refused';
  }
}

/** The least that still says which event it is; nothing of Stripe's that could have been the cause. */
function refusedEntry(event: StripeEvent, fanout: Fanout, code: string, time: Date): BusEntry {
  const account = accountOf(event);
  const detail = {
    id: event.id,
    object: 'event',
    type: REFUSED_TYPE,
    created: Math.floor(createdMs(event) / 1000),
    livemode: event.livemode,
    ...(account === undefined ? {} : { account }),
    fanout: { ...fanout, refused: { type: event.type, code } } satisfies Fanout,
  };
  return { source: STRIPE_SOURCE, detailType: REFUSED_TYPE, detail: JSON.stringify(detail), time };
}
