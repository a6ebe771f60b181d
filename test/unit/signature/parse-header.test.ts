import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSignatureHeader } from '#shared/signature/parse-header.ts';

const hex = 'a'.repeat(64);

describe('the Stripe-Signature header', () => {
  it('gives the timestamp and every v1 signature', () => {
    const header = parseSignatureHeader(`t=1700000000,v1=${hex},v0=${'b'.repeat(64)},v1=${'c'.repeat(64)}`);

    expect(header).toEqual({
      timestamp: 1_700_000_000,
      signatures: [Buffer.from(hex, 'hex'), Buffer.from('c'.repeat(64), 'hex')],
    });
  });

  it.each([
    ['', 'it has no "t="'],
    ['nonsense', 'it has no "t="'],
    [`v1=${hex}`, 'it has no "t="'],
    ['t=1700000000', 'it has no "v1=" of 64 lower-case hex digits'],
    [`t=1700000000,v0=${hex}`, 'it has no "v1=" of 64 lower-case hex digits'],
    [`t=1700000000,v1=${hex.toUpperCase()}`, 'it has no "v1=" of 64 lower-case hex digits'],
    [`t=1700000000, v1=${hex}`, 'it has no "v1=" of 64 lower-case hex digits'],
    [`t=1,t=2,v1=${hex}`, 'it has more than one "t="'],
    [`t=01,v1=${hex}`, '"t=" is not a number of Unix seconds'],
    [`t=1e9,v1=${hex}`, '"t=" is not a number of Unix seconds'],
    [`t=-1,v1=${hex}`, '"t=" is not a number of Unix seconds'],
  ])('says what is wrong with %j', (header, reason) => {
    expect(parseSignatureHeader(header)).toBe(reason);
  });

  it('never throws, whatever the header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        const parsed = parseSignatureHeader(header);
        expect(typeof parsed === 'string' || parsed.signatures.every((signature) => signature.length === 32)).toBe(
          true,
        );
      }),
    );
  });
});
