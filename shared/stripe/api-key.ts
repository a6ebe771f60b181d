/** Restricted and secret keys, and the mode that each says itself. */
const GRAMMAR = { live: /^(rk|sk)_live_\w+$/, test: /^(rk|sk)_test_\w+$/ } as const;

/** Whether a value is a key of the mode; with one of the other mode, Stripe would answer 404 to everything. */
export function isApiKey(value: unknown, mode: 'live' | 'test'): value is string {
  return typeof value === 'string' && GRAMMAR[mode].test(value);
}
