import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIdGivenOnce, isTeamKey, objectKey } from '#shared/projection/object-key.ts';

const keyOf = (object: Record<string, unknown>, type = 'a.updated') =>
  objectKey({ type, livemode: false, data: { object } })?.object;

describe('the key of an object', () => {
  it.each([
    ['live', { livemode: true }],
    ['test', { livemode: false }],
    ['live#acct_1', { livemode: true, account: 'acct_1' }],
    ['test#acct_1', { livemode: false, account: 'acct_1' }],
  ])('is kept apart by mode and connected account: %s', (scope, whose) => {
    const key = objectKey({ type: 'invoice.paid', ...whose, data: { object: { id: 'in_1', object: 'invoice' } } });

    expect(key).toEqual({ object: 'in_1', scope });
  });

  it.each([
    ['balance', { object: 'balance' }],
    ['tax.settings', { object: 'tax.settings' }],
    ['cash_balance:cus_1', { object: 'cash_balance', customer: 'cus_1' }],
    ['cash_balance:acct_1', { object: 'cash_balance', customer: null, customer_account: 'acct_1' }],
    [
      'billing.alert_triggered:al_1:cus_1',
      { object: 'billing.alert_triggered', alert: { id: 'al_1' }, customer: 'cus_1' },
    ],
    ['discount:sub_1', { object: 'discount', subscription: 'sub_1', customer: 'cus_1' }],
  ])('is %s where the object has no id but an owner', (expected, object) => {
    expect(keyOf(object)).toBe(expected);
  });

  it.each([
    ['upcoming_invoice:sub_1', { subscription: 'sub_1', customer: 'cus_1' }],
    ['upcoming_invoice:sub_2', { parent: { subscription_details: { subscription: 'sub_2' } }, customer: 'cus_1' }],
    ['upcoming_invoice:cus_1', { id: 'upcoming_in_made_anew', subscription: null, customer: 'cus_1' }],
  ])('of an upcoming invoice is %s', (expected, invoice) => {
    expect(keyOf({ object: 'invoice', ...invoice }, 'invoice.upcoming')).toBe(expected);
  });

  it('never is the same for two kinds, though users may choose their ids', () => {
    const keys = ['product', 'price', 'plan', 'coupon'].map((object) => keyOf({ id: 'gold', object }));

    expect(new Set(keys).size).toBe(4);
    expect(keyOf({ id: 'price_1', object: 'price' })).not.toBe(keyOf({ id: 'price_1', object: 'plan' }));
  });

  it.each([
    {},
    { object: 'constructor' },
    { object: '__proto__' },
    { object: 'cash_balance', customer: '' },
    { id: '', object: 'invoice' },
    { id: 'x'.repeat(1_025), object: 'invoice' },
    { id: 'é'.repeat(513), object: 'invoice' },
  ])('is none for %j', (object) => {
    expect(keyOf(object)).toBeUndefined();
  });

  it('fits a DynamoDB key, and never fails, whatever the object holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('id', 'object', 'customer', 'alert'), fc.jsonValue()), (object) => {
        const key = keyOf(object);

        expect(key === undefined || (key !== '' && Buffer.byteLength(key) <= 1_024)).toBe(true);
      }),
    );
  });

  it('outlives a deletion only where Stripe may use it again', () => {
    const isOnce = (object: string) => isIdGivenOnce({ object, scope: 'test' });

    expect(['in_1', 'cus_1', 'balance', 'cash_balance:cus_1', 'coupon:gold'].map(isOnce)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('is never one under which a team may keep a row of its own', () => {
    const id = fc.stringMatching(/^[a-z]{1,5}_[A-Za-z0-9]{1,8}$/);
    const kinds = [
      'invoice',
      'plan',
      'price',
      'product',
      'coupon',
      'capability',
      'discount',
      'cash_balance',
      'balance',
    ];
    const named = ['balance_settings', 'tax.settings', 'entitlements.active_entitlement_summary'];
    const object = fc.record(
      {
        object: fc.constantFrom(...kinds, ...named, 'billing.alert_triggered'),
        id,
        customer: id,
        alert: fc.record({ id }),
      },
      { requiredKeys: ['object', 'customer', 'alert'] },
    );
    fc.assert(
      fc.property(object, fc.constantFrom('a.updated', 'invoice.upcoming'), (each, type) => {
        expect(isTeamKey(keyOf(each, type) ?? '')).toBe(false);
      }),
    );
    expect(isTeamKey('dunning:in_1')).toBe(true);
  });
});
