import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import { BusRefused } from '#shared/errors/store-errors.ts';
import { type BusEntry, REFUSED_TYPE, STRIPE_SOURCE, spliceFanout, THIN_SOURCE } from '#shared/event/bus-entry.ts';
import type { Fanout } from '#shared/event/fanout.ts';
import { eventPayloadKey } from '#shared/event/payload-key.ts';
import { referenceDetail } from '#shared/event/reference-detail.ts';
import { accountOf, createdMs, isThin, type StripeEvent } from '#shared/event/stripe-event.ts';
import type { IngressPorts } from './ports.ts';
import type { ReadEvent } from './read-event.ts';

/** How an event came in. */
export interface Arrival {
  readonly destination: string;
  /** Unix milliseconds. */
  readonly receivedAt: number;
}

/** How the entry on the bus carries the event. */
export type Published = 'inline' | 'reference' | 'refused';

type Payload = 'snapshot' | 'thin';

/**
 * Puts a verified event on the bus, in Stripe's own bytes; what the bus cannot hold goes to the payload store first,
 * so that the entry never points to something that is not there yet.
 * @throws {PublishFailed | PublishUnknown | PayloadStoreUnavailable}
 */
export async function publish(
  ports: IngressPorts,
  { text, event }: ReadEvent,
  arrival: Arrival,
  signal: AbortSignal,
): Promise<Published> {
  const payload = isThin(event) ? 'thin' : 'snapshot';
  const now = new Date(ports.clock.now());
  const fanout: Fanout = {
    version: 1,
    payload,
    via: 'webhook',
    destination: arrival.destination,
    publishedAt: now.toISOString(),
    receivedAt: new Date(arrival.receivedAt).toISOString(),
  };
  const entry = (detail: string): BusEntry => ({
    source: isThin(event) ? THIN_SOURCE : STRIPE_SOURCE,
    detailType: isThin(event) ? canonicalType(event.type) : event.type,
    detail,
    time: now,
  });

  const detail = spliceFanout(text, fanout);
  if (Buffer.byteLength(detail) > ports.inlineLimit) {
    const reference = await ports.payloads.put(eventPayloadKey(event.id), text, signal);
    const referring: Fanout = { ...fanout, payload: 'reference', reference: { ...reference, payload } };
    await ports.bus.publish(entry(JSON.stringify({ ...referenceDetail(event), fanout: referring })), signal);
    return 'reference';
  }
  try {
    await ports.bus.publish(entry(detail), signal);
    return 'inline';
  } catch (error) {
    if (!(error instanceof BusRefused)) throw error;
    const reference = await ports.payloads.put(eventPayloadKey(event.id), text, signal);
    await ports.bus.publish(refusedEntry(event, fanout, { ...reference, payload }, error.reason, now), signal);
    return 'refused';
  }
}

/** The least that still says which event it is; nothing of Stripe's that could have been the cause. */
function refusedEntry(
  event: StripeEvent,
  fanout: Fanout,
  reference: NonNullable<Fanout['reference']> & { readonly payload: Payload },
  code: string,
  time: Date,
): BusEntry {
  const account = accountOf(event);
  const detail = {
    id: event.id,
    object: 'event',
    type: REFUSED_TYPE,
    created: Math.floor(createdMs(event) / 1000),
    livemode: event.livemode,
    ...(account === undefined ? {} : { account }),
    fanout: { ...fanout, payload: 'reference', reference, refused: { type: event.type, code } } satisfies Fanout,
  };
  return { source: STRIPE_SOURCE, detailType: REFUSED_TYPE, detail: JSON.stringify(detail), time };
}
