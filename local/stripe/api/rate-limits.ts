import { type Scope, scopeKey } from '../scope.ts';
import { ApiError } from './api-error.ts';

/** Requests a second. */
export interface RateLimitSettings {
  /** Of an account in live mode. @default 100 */
  readonly live?: number;
  /** Of an account in a sandbox. @default 25 */
  readonly test?: number;
  /** Of one endpoint, such as all of `GET /v1/invoices/:id`. @default 25 */
  readonly endpoint?: number;
}

const WINDOW_MS = 1_000;

/** Stripe's limits, over a sliding second. @see https://docs.stripe.com/rate-limits */
export class RateLimits {
  readonly #settings: Required<RateLimitSettings>;
  readonly #recent = new Map<string, number[]>();

  constructor({ live = 100, test = 25, endpoint = 25 }: RateLimitSettings = {}) {
    this.#settings = { live, test, endpoint };
  }

  /**
   * Counts a request; one that is refused does not count against the limits.
   * @param now milliseconds
   * @throws {ApiError} 429, saying when to come again
   */
  take(scope: Scope, endpoint: string, now: number): void {
    const account = scopeKey(scope);
    const limits: (readonly [string, number, string])[] = [
      [account, scope.livemode ? this.#settings.live : this.#settings.test, 'global-rate'],
      [`${account} ${endpoint}`, this.#settings.endpoint, 'endpoint-rate'],
    ];
    for (const [key, limit, reason] of limits) {
      if (this.#within(key, now).length >= limit) {
        throw tooMany({ 'retry-after': '1', 'stripe-rate-limited-reason': reason });
      }
    }
    for (const [key] of limits) this.#within(key, now).push(now);
  }

  #within(key: string, now: number): number[] {
    const recent = (this.#recent.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
    this.#recent.set(key, recent);
    return recent;
  }
}

/** Stripe's 429. */
function tooMany(headers: Readonly<Record<string, string>>): ApiError {
  return new ApiError(
    429,
    'Request rate limit exceeded. Learn more about rate limits at https://stripe.com/docs/rate-limits.',
    {
      code: 'rate_limit',
      headers: { 'stripe-should-retry': 'true', ...headers },
    },
  );
}
