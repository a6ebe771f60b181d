import { describe, expect, it } from 'vitest';
import { RateLimits } from '#local/stripe/api/rate-limits.ts';
import { endpointOf } from '#local/stripe/api/request-counters.ts';

const TEST = { livemode: false };

describe('rate limits', () => {
  it('are 25 requests of a sandbox in any second, however they are spread', () => {
    const limits = new RateLimits();
    for (let i = 0; i < 25; i += 1) limits.take(TEST, `GET /v1/${i}`, 1_000 + i * 10);

    expect(() => limits.take(TEST, 'GET /v1/more', 1_999)).toThrow('Request rate limit exceeded');
    expect(() => limits.take(TEST, 'GET /v1/more', 2_000)).not.toThrow();
    expect(() => limits.take(TEST, 'GET /v1/more', 2_005)).toThrow('Request rate limit exceeded');
  });

  it('are 25 for one endpoint and 100 for all of a live account', () => {
    const limits = new RateLimits();
    const live = { livemode: true };
    for (let i = 0; i < 25; i += 1) limits.take(live, 'GET /v1/invoices/:id', 0);

    expect(() => limits.take(live, 'GET /v1/invoices/:id', 1)).toThrow('Request rate limit exceeded');
    for (let i = 0; i < 75; i += 1) limits.take(live, `GET /v1/${i}`, 1);
    expect(() => limits.take(live, 'GET /v1/charges/:id', 1)).toThrow('Request rate limit exceeded');
  });

  it('are counted for each account by itself', () => {
    const limits = new RateLimits({ test: 1 });
    limits.take(TEST, 'GET /v1/balance', 0);

    expect(() => limits.take({ livemode: false, account: 'acct_1' }, 'GET /v1/balance', 0)).not.toThrow();
  });
});

describe('an endpoint', () => {
  it.each([
    ['/v1/invoices/in_1SfExample', 'GET /v1/invoices/:id'],
    ['/v2/core/accounts/acct_1U2v/persons/person_61', 'GET /v2/core/accounts/:id/persons/:id'],
    ['/v1/customers/cus_SfX/cash_balance', 'GET /v1/customers/:id/cash_balance'],
    ['/v1/balance', 'GET /v1/balance'],
  ])('of %s is %s', (path, endpoint) => {
    expect(endpointOf('GET', path)).toBe(endpoint);
  });
});
