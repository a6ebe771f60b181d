/** What a well-formed `Stripe-Signature` header says. */
export interface SignatureHeader {
  /** Unix seconds at which Stripe signed this delivery. */
  readonly timestamp: number;
  /** Every `v1` signature, decoded: 32 bytes each. There is one for each secret active at Stripe. */
  readonly signatures: readonly Buffer[];
}

/** Canonical whole number, so that the signed text `t.body` can be rebuilt from the number. */
const TIMESTAMP = /^(0|[1-9][0-9]{0,11})$/;
/** HMAC-SHA256 as Stripe writes it; stripe-node refuses upper case too. */
const SIGNATURE = /^[0-9a-f]{64}$/;

/**
 * Reads `t=<unix s>,v1=<hex>[,v1=<hex>…][,v0=<hex>]`. Other schemes are ignored (test events carry a fake `v0`),
 * a second `t` is refused, since stripe-node would take the last and others the first.
 * @returns the header's content, or one phrase that says what is wrong with it
 * @see https://docs.stripe.com/webhooks#verify-manually
 */
export function parseSignatureHeader(header: string): SignatureHeader | string {
  let timestamp: number | undefined;
  const signatures: Buffer[] = [];
  for (const item of header.split(',')) {
    const equals = item.indexOf('=');
    const scheme = item.slice(0, Math.max(equals, 0));
    const value = item.slice(equals + 1);
    if (scheme === 't') {
      if (timestamp !== undefined) return 'it has more than one "t="';
      if (!TIMESTAMP.test(value)) return '"t=" is not a number of Unix seconds';
      timestamp = Number(value);
    } else if (scheme === 'v1' && SIGNATURE.test(value)) {
      signatures.push(Buffer.from(value, 'hex'));
    }
  }
  if (timestamp === undefined) return 'it has no "t="';
  if (signatures.length === 0) return 'it has no "v1=" of 64 lower-case hex digits';
  return { timestamp, signatures };
}
