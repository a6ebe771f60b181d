import type { IncomingHttpHeaders } from 'node:http';
import { OWN_ACCOUNT, type Scope } from '../scope.ts';
import { ApiError } from './api-error.ts';

/** The keys the stand-in knows, and whether each is for live mode. */
export type ApiKeys = ReadonlyMap<string, boolean>;

/**
 * Whom a request speaks for.
 * @throws {ApiError} 401 without a key that is known
 */
export function authenticate(headers: IncomingHttpHeaders, keys: ApiKeys): Scope {
  const key = keyOf(headers.authorization);
  if (key === undefined) {
    throw new ApiError(
      401,
      'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.',
    );
  }
  const livemode = keys.get(key);
  if (livemode === undefined) throw new ApiError(401, `Invalid API Key provided: ${masked(key)}`);
  // The last account of an organization's path is the one that is meant.
  const context = [headers['stripe-context'], headers['stripe-account']].flat().find((value) => value);
  const account = context?.split('/').at(-1);
  return { livemode, account: account === OWN_ACCOUNT ? undefined : account };
}

function keyOf(authorization = ''): string | undefined {
  const [, scheme, value = ''] = /^(bearer|basic) +(\S+)$/i.exec(authorization) ?? [];
  if (scheme?.toLowerCase() !== 'basic') return value || undefined;
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0];
}

/** Stripe shows the ends only. */
function masked(key: string): string {
  return `${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.slice(8).slice(-4)}`;
}
