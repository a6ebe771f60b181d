import fc from 'fast-check';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { signatureHeader } from '#shared/signature/sign.ts';

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

  it.each([1.5, Number.NaN])('refuses %s as a time', (timestamp) => {
    expect(() => signatureHeader('{}', 'whsec_1', timestamp)).toThrow(RangeError);
  });
});
