import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whyNotApiPath } from '#shared/stripe/api-path.ts';

describe('a path of the API', () => {
  it.each([
    '/v1/invoices/in_1',
    '/v1/balance',
    '/v1/coupons/25%25OFF',
    '/v1/customers/cus_1/cash_balance',
    '/v2/core/accounts/acct_1?include=configuration.merchant&include[]=x',
    '/v1/products/a..b',
  ])('can be %s', (path) => {
    expect(whyNotApiPath(path)).toBeUndefined();
  });

  it.each([
    ['', 'the path does not begin with /v1/ or /v2/'],
    ['v1/invoices/in_1', 'the path does not begin with /v1/ or /v2/'],
    ['https://api.stripe.com/v1/invoices/in_1', 'the path does not begin with /v1/ or /v2/'],
    ['//evil.example/v1/invoices', 'the path does not begin with /v1/ or /v2/'],
    ['/v1//evil.example', 'the path does not begin with /v1/ or /v2/'],
    ['/v3/x', 'the path does not begin with /v1/ or /v2/'],
    ['/v1/a//b', 'the path has an empty segment'],
    ['/v1/../../admin', 'the path climbs out of its folder'],
    ['/v1/a/..', 'the path climbs out of its folder'],
    ['/v1/%2e%2e/x', 'the path climbs out of its folder'],
    ['/v1/%252e%252e/x', 'the path climbs out of its folder'],
    ['/v1/a%2f..%2fb', 'the path climbs out of its folder'],
    ['/v1/a%5C..%5Cb', 'the path climbs out of its folder'],
    ['/v1/a\\..\\b', 'the path holds characters that no path has'],
    ['/v1/a b', 'the path holds characters that no path has'],
    ['/v1/a#b', 'the path holds characters that no path has'],
    ['/v1/a\r\nhost: evil.example', 'the path holds characters that no path has'],
    ['/v1/a%zz', 'the path holds characters that no path has'],
    [`/v1/${'a'.repeat(2_048)}`, 'the path is longer than 2048 characters'],
  ])('cannot be %j: %s', (path, why) => {
    expect(whyNotApiPath(path)).toBe(why);
  });

  it('leads a client to the same host and the same place, whatever it is made of', () => {
    const piece = fc.constantFrom(
      'v1',
      'v2',
      '/',
      '//',
      '..',
      '.',
      '%2e',
      '%2F',
      '\\',
      '@',
      ':',
      '?',
      '#',
      'a',
      '%',
      ' ',
      'evil.example',
    );

    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 12 }), (pieces) => {
        const path = `/v1/${pieces.join('')}`;
        if (whyNotApiPath(path) !== undefined) return;
        const url = new URL(`https://api.stripe.com${path}`);
        expect(url.host).toBe('api.stripe.com');
        expect(url.pathname).toBe(path.split('?')[0]);
      }),
      { numRuns: 2_000 },
    );
  });
});
