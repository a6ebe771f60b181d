import type { PayloadReference } from '#shared/event/fanout.ts';
import { isRecord } from '#shared/event/stripe-event.ts';

/** Where the event of a message is, when the message only refers to it. */
export function referenceOf(body: string): PayloadReference | undefined {
  let envelope: unknown;
  try {
    envelope = JSON.parse(body);
  } catch {
    return undefined;
  }
  const detail = isRecord(envelope) ? envelope.detail : undefined;
  const fanout = isRecord(detail) ? detail.fanout : undefined;
  const reference = isRecord(fanout) ? fanout.reference : undefined;
  if (!isRecord(reference)) return undefined;
  const { bucket, key, bytes, sha256 } = reference;
  return typeof bucket === 'string' && typeof key === 'string' && typeof sha256 === 'string'
    ? { bucket, key, bytes: Number(bytes), sha256 }
    : undefined;
}
