import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignatureHeader } from './parse-header.ts';

/** Seconds a delivery's timestamp may differ from our clock, in both directions; Stripe's libraries use 300 too. */
export const TOLERANCE_SECONDS = 300;

/** Whether the delivery was signed within the tolerance; stripe-node checks the past only, we check the future too. */
export function isTimely(header: SignatureHeader, nowMs: number): boolean {
  return Math.abs(nowMs / 1000 - header.timestamp) <= TOLERANCE_SECONDS;
}

/**
 * Whether one of the secrets signed exactly these bytes: HMAC-SHA256 over `<t>.<body>` with the whole `whsec_…`
 * string as key, compared in constant time with every `v1`.
 * @param body the raw bytes of the request, before any decoding
 * @param secrets every active signing secret of the destination; an empty one never matches
 * @see https://docs.stripe.com/webhooks#verify-manually
 */
export function isSignedByOneOf(secrets: readonly string[], header: SignatureHeader, body: Uint8Array): boolean {
  return secrets.some((secret) => {
    if (secret === '') return false;
    const expected = createHmac('sha256', secret).update(`${header.timestamp}.`).update(body).digest();
    return header.signatures.some((signature) => timingSafeEqual(signature, expected));
  });
}
