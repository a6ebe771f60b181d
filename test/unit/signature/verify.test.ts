import fc from 'fast-check';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { parseSignatureHeader } from '#shared/signature/parse-header.ts';
import { isSignedByOneOf, isTimely } from '#shared/signature/verify.ts';

const NOW = 1_700_000_000;

function accepts(payload: string, header: string, secrets: readonly string[], nowSeconds = NOW): boolean {
  const parsed = parseSignatureHeader(header);
  return (
    typeof parsed !== 'string' &&
    isTimely(parsed, nowSeconds * 1000) &&
    isSignedByOneOf(secrets, parsed, Buffer.from(payload))
  );
}

function stripeAccepts(payload: string, header: string, secret: string): boolean {
  try {
    const accepted = Stripe.webhooks.signature?.verifyHeader(
      Buffer.from(payload),
      header,
      secret,
      300,
      undefined,
      NOW * 1000,
    );
    return accepted === true;
  } catch {
    return false;
  }
}

const sign = (payload: string, secret: string, timestamp = NOW) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });

const secretText = fc.string({ minLength: 1 }).map((text) => `whsec_${text}`);
// Lone surrogates have no UTF-8 form, so no HTTP body can hold them.
const payloadText = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed());

describe('signature verification', () => {
  it("accepts what stripe-node's own signer signs, with any of several secrets", () => {
    fc.assert(
      fc.property(
        payloadText,
        fc.uniqueArray(secretText, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (payload, secrets, pick) => {
          const signer = secrets[pick % secrets.length] ?? '';

          expect(accepts(payload, sign(payload, signer), secrets)).toBe(true);
        },
      ),
    );
  });

  it("accepts no header that stripe-node's verifier refuses", () => {
    const edit = fc.record({
      at: fc.nat(),
      insert: fc.constantFrom('', '0', 'f', ',', '=', 't=1', 'v1=', ' '),
      drop: fc.nat(2),
    });
    fc.assert(
      fc.property(payloadText, secretText, fc.array(edit, { maxLength: 3 }), (payload, secret, edits) => {
        const header = edits.reduce(
          (text, { at, insert, drop }) => {
            const index = at % (text.length + 1);
            return text.slice(0, index) + insert + text.slice(index + drop);
          },
          sign(payload, secret),
        );

        if (accepts(payload, header, [secret])) expect(stripeAccepts(payload, header, secret)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a body of which any byte was changed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, xor) => {
        const payload = Buffer.from(bytes).toString('latin1');
        const header = parseSignatureHeader(sign(payload, 'whsec_a'));
        const changed = Buffer.from(payload);
        const index = at % changed.length;
        changed.writeUInt8(changed.readUInt8(index) ^ xor, index);

        expect(typeof header !== 'string' && isSignedByOneOf(['whsec_a'], header, changed)).toBe(false);
      }),
    );
  });

  it.each([
    [-301, false],
    [-300, true],
    [0, true],
    [300, true],
    [301, false],
  ])('judges a delivery signed %d s from now by the tolerance in both directions', (offset, timely) => {
    expect(accepts('{}', sign('{}', 'whsec_a', NOW + offset), ['whsec_a'])).toBe(timely);
  });

  it('never takes an empty secret as a key', () => {
    expect(accepts('{}', sign('{}', ''), [''])).toBe(false);
  });
});
