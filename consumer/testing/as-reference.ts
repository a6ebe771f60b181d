import { PayloadLost } from '#shared/errors/store-errors.ts';
import type { Fanout } from '#shared/event/fanout.ts';
import { eventPayloadKey } from '#shared/event/payload-key.ts';
import { referenceDetail } from '#shared/event/reference-detail.ts';
import { sha256, verifiedPayload } from '#shared/event/verified-payload.ts';
import type { PayloadReader } from '../payload-reader.ts';
import type { AnyStripeEvent } from '../stripe-event.ts';

/**
 * An event as it comes when it is too large for the bus, and what gives its payload then: for tests of how your code
 * takes it, and what it does without the permission.
 */
export function asReference(event: AnyStripeEvent): {
  readonly event: AnyStripeEvent;
  readonly payloads: PayloadReader;
} {
  const { fanout, ...stripes } = event;
  const { reference: _none, payload, ...how } = fanout;
  if (payload === 'reference') throw new TypeError(`${event.id} is a reference already.`);
  const bytes = Buffer.from(JSON.stringify(stripes));
  const key = eventPayloadKey(event.id, payload);
  const stored = { bucket: 'payloads', key, bytes: bytes.length, sha256: sha256(bytes) };
  const referring: Fanout = { ...how, payload: 'reference', reference: { ...stored, payload } };
  return {
    event: { ...event, ...referenceDetail(stripes), fanout: referring },
    payloads: {
      async get(reference) {
        if (reference.key === key) return verifiedPayload(bytes, reference);
        throw new PayloadLost(`There is no object ${reference.key} in the bucket ${reference.bucket}.`);
      },
    },
  };
}
