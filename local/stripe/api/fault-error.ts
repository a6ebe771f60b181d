import { ApiError } from './api-error.ts';
import type { ApiFault } from './api-faults.ts';

/** What Stripe says with each status, where the fault has no words of its own. */
const WORDS: Readonly<Record<number, readonly [message: string, code?: string]>> = {
  400: ['The request was unacceptable.', 'parameter_invalid'],
  401: ['Invalid API Key provided: rk_*****ocal'],
  403: [
    'The provided key does not have the required permissions for this endpoint.',
    'more_permissions_required_for_application',
  ],
  404: ['No such object.', 'resource_missing'],
  409: ['The object is locked by another request.', 'lock_timeout'],
  429: ['Request rate limit exceeded.', 'rate_limit'],
};

/** The error that a fault answers with; `undefined` where it answers none. */
export function faultError({ answer, message, retryAfter, shouldRetry }: ApiFault): ApiError | undefined {
  if (typeof answer !== 'number') return undefined;
  const [words, code] = WORDS[answer] ?? ['An error occurred while processing your request.'];
  return new ApiError(answer, message ?? words, {
    ...(code !== undefined && { code }),
    headers: {
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      ...(shouldRetry !== undefined && { 'stripe-should-retry': String(shouldRetry) }),
    },
  });
}
