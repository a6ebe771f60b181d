import { ApiError } from '../api/api-error.ts';

/**
 * Live mode wants HTTPS; this machine's own addresses are taken in either mode, for nothing else is reached from here.
 * @throws {ApiError}
 */
export function checkUrl(url: string, livemode: boolean): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isLoopback = parsed !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(parsed.hostname);
  if (parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && (!livemode || isLoopback))) return;
  throw new ApiError(400, `Invalid URL: ${livemode ? 'live mode wants https://' : 'an http(s) URL was expected'}.`, {
    param: 'url',
  });
}
