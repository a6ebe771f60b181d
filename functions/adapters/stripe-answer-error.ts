import type { PipelineError } from '#shared/errors/pipeline-error.ts';
import {
  type RetryAdvice,
  StripeKeyRefused,
  StripeNotFound,
  StripePermissionMissing,
  StripeRateLimited,
  StripeRequestRefused,
  StripeUnavailable,
} from '#shared/errors/stripe-errors.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import type { StripeRequest } from '#shared/ports/stripe-api.ts';

/** How Stripe names a permission of a restricted key, in the message of its 403: `rak_customer_read`. */
const PERMISSION = /\brak_[a-z0-9_]+/g;

/**
 * What an answer means that is no success. `Stripe-Should-Retry` decides where the status alone would not; of Stripe's
 * message only the names of permissions are repeated, since it may quote the request; of the request, the name of the
 * parameter that is wrong.
 */
export function errorOf(
  request: StripeRequest,
  status: number,
  headers: Headers,
  body: Readonly<Record<string, unknown>> | undefined,
): PipelineError {
  const { code, message, param } = bodyError(body);
  const about = [code, param && `parameter ${param}`].filter(Boolean).join(', ');
  const what = `Stripe answered ${request.method ?? 'GET'} ${request.path} with ${status}${about && ` (${about})`}`;
  const log = headers.has('request-id') ? `; its request log has ${headers.get('request-id')}` : '';
  const advice = adviceOf(headers);
  switch (status) {
    case 401:
      return new StripeKeyRefused(`${what} to the ${request.livemode ? 'live' : 'test'} key${log}.`);
    case 403:
      return new StripePermissionMissing(`${what}: ${missing(message, request)}${log}.`);
    case 404:
      return new StripeNotFound(`${what}${log}.`);
    case 429:
      // Another request holds the object: no rate is to blame.
      if (code === 'lock_timeout') break;
      return new StripeRateLimited(`${what}${waitIn(advice)}.`, advice);
  }
  const mayWorkLater = status >= 500 || status === 409 || status === 429;
  // Of a rate and of a lock Stripe says no to a retry at once, which would make it worse; they pass all the same.
  if (status === 429 || (advice.shouldRetry ?? mayWorkLater)) {
    return new StripeUnavailable(`${what}${waitIn(advice)}${log}.`, advice);
  }
  const why = mayWorkLater ? ', and says that a retry is of no use' : '';
  return new StripeRequestRefused(`${what}${why}${log}.`);
}

function bodyError(body: Readonly<Record<string, unknown>> | undefined) {
  const error = isRecord(body?.error) ? body.error : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const name = (value: unknown) => text(value).replaceAll(/[^a-z0-9_.[\]]/g, '');
  return { code: name(error.code), param: name(error.param), message: text(error.message) };
}

function missing(message: string, { context }: StripeRequest): string {
  const names = [...new Set(message.match(PERMISSION))];
  if (names.length > 0) return `the key lacks ${names.join(' or ')}`;
  return `the key may not do this${context === undefined ? '' : ` for ${context}`}, and Stripe names no permission`;
}

function adviceOf(headers: Headers): RetryAdvice {
  // A text or a date is no number of seconds, and then our own schedule knows better.
  const after = Number(headers.get('retry-after') ?? 'none');
  const should = headers.get('stripe-should-retry');
  return {
    ...(Number.isFinite(after) && after >= 0 && { afterSeconds: after }),
    ...((should === 'true' || should === 'false') && { shouldRetry: should === 'true' }),
  };
}

function waitIn({ afterSeconds }: RetryAdvice): string {
  return afterSeconds === undefined ? '' : ` and asks to wait ${afterSeconds} s`;
}
