import fc from 'fast-check';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { parseSignatureHeader } from '#shared/signature/parse-header.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import { isSignedByOneOf } from '#shared/signature/verify.ts';

describe('signatureHeader', () => {
  it('is what stripe-node makes of the same body, secret and time', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ minLength: 1 }),
        fc.integer({ min: 1, max: 4e9 }),
        (payload, secret, timestamp) => {
          const vendor = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });

          expect(signatureHeader(payload, secret, timestamp)).toBe(vendor);
          expect(signatureHeader(Buffer.from(payload), secret, timestamp)).toBe(vendor);
        },
      ),
    );
  });

  it('has a signature of each secret while one is rolled, and each passes by itself', () => {
    const header = signatureHeader('{}', ['whsec_old', 'whsec_new'], 1_800_000_000);

    const parsed = parseSignatureHeader(header);
    if (typeof parsed === 'string') throw new Error(parsed);
    expect(isSignedByOneOf(['whsec_old'], parsed, Buffer.from('{}'))).toBe(true);
    expect(isSignedByOneOf(['whsec_new'], parsed, Buffer.from('{}'))).toBe(true);
    expect(isSignedByOneOf(['whsec_other'], parsed, Buffer.from('{}'))).toBe(false);
  });

  it.each([1.5, Number.NaN])('refuses %s as a time', (timestamp) => {
    expect(() => signatureHeader('{}', 'whsec_1', timestamp)).toThrow(RangeError);
  });
});
