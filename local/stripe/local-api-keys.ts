import type { ApiKeys } from './api/authenticate.ts';

/** The value of the secret that holds API keys by mode, as the local runtime seeds it. */
export const LOCAL_KEY_SECRET = { live: 'rk_live_local', test: 'rk_test_local' } as const;

/** The keys that the stand-in knows, and whether each is for live mode. */
export const LOCAL_API_KEYS: ApiKeys = new Map([
  [LOCAL_KEY_SECRET.live, true],
  [LOCAL_KEY_SECRET.test, false],
]);
