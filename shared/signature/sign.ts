import { createHmac } from 'node:crypto';

/**
 * The `Stripe-Signature` header that Stripe would send with a body: for samples, demos and tests.
 * @param body exactly the text that will be sent; signed as UTF-8
 * @param secrets the whole signing secret, `whsec_…`; both, while Stripe rolls an endpoint's secret
 * @param timestampSeconds Unix seconds of sending; receivers refuse what differs by more than 300 from their clock
 * @returns `t=<seconds>,v1=<64 hex digits>`, with one `v1` for each secret
 * @throws {RangeError} when the timestamp is not a whole number of seconds
 */
export function signatureHeader(
  body: string | Uint8Array,
  secrets: string | readonly string[],
  timestampSeconds: number,
): string {
  if (!Number.isSafeInteger(timestampSeconds)) {
    throw new RangeError(`A signature's timestamp is whole Unix seconds, not ${timestampSeconds}.`);
  }
  const signatures = [secrets].flat().map((secret) => {
    const mac = createHmac('sha256', secret).update(`${timestampSeconds}.`).update(body).digest('hex');
    return `,v1=${mac}`;
  });
  return `t=${timestampSeconds}${signatures.join('')}`;
}
