import { createHmac } from 'node:crypto';

/**
 * The `Stripe-Signature` header that Stripe would send with a body: for samples, demos and tests.
 * @param body exactly the text that will be sent; signed as UTF-8
 * @param secret the whole signing secret, `whsec_…`
 * @param timestampSeconds Unix seconds of sending; receivers refuse what differs by more than 300 from their clock
 * @returns `t=<seconds>,v1=<64 hex digits>`
 * @throws {RangeError} when the timestamp is not a whole number of seconds
 */
export function signatureHeader(body: string | Uint8Array, secret: string, timestampSeconds: number): string {
  if (!Number.isSafeInteger(timestampSeconds)) {
    throw new RangeError(`A signature's timestamp is whole Unix seconds, not ${timestampSeconds}.`);
  }
  const mac = createHmac('sha256', secret).update(`${timestampSeconds}.`).update(body).digest('hex');
  return `t=${timestampSeconds},v1=${mac}`;
}
