import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idempotencyKey } from '#shared/ledger/idempotency-key.ts';

describe('the idempotency key of a reaction', () => {
  it('says whose it is, where that fits', () => {
    expect(idempotencyKey('evt_1', 'billing', 'invoice.paid/notify')).toBe('evt_1/billing/invoice.paid/notify');
  });

  it('tells two long names apart that differ at their end only', () => {
    const name = `invoice.paid/${'x'.repeat(300)}`;

    const keys = [idempotencyKey('evt_1', 'billing', `${name}a`), idempotencyKey('evt_1', 'billing', `${name}b`)];

    expect(new Set(keys).size).toBe(2);
    expect(keys.map(({ length }) => length)).toEqual([255, 255]);
  });

  it('is another one for each reaction, the same at each try, and fits into a header', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom('x', 'é').map((letter) => letter.repeat(260)),
    );
    fc.assert(
      fc.property(name, name, (one, other) => {
        const [first, second] = [one, other].map((each) => idempotencyKey('evt_1', 'billing', each));

        expect(first === second).toBe(one === other);
        expect(first).toMatch(/^[!-~]{1,255}$/);
        expect(idempotencyKey('evt_1', 'billing', one)).toBe(first);
      }),
    );
  });
});
