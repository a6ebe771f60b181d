import type { ApiAnswer } from './api-call.ts';

/** What Stripe's error object can say beside its message. */
interface ErrorDetails {
  readonly type?: string;
  readonly code?: string;
  readonly param?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error as Stripe's API answers it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly details: ErrorDetails;

  constructor(status: number, message: string, details: ErrorDetails = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }

  /** @param requestId `req_…`; v2 has no link to the log */
  toAnswer(path: string, requestId: string, livemode: boolean): ApiAnswer {
    const { type = typeOf(this.status), code, param, headers } = this.details;
    const log = `https://dashboard.stripe.com/${livemode ? '' : 'test/'}logs/${requestId}`;
    const error = {
      ...(code !== undefined && { code }),
      message: this.message,
      ...(param !== undefined && { param }),
      ...(path.startsWith('/v2/') ? {} : { request_log_url: log }),
      type,
    };
    return { status: this.status, ...(headers && { headers }), body: { error } };
  }
}

function typeOf(status: number): string {
  return status >= 500 ? 'api_error' : 'invalid_request_error';
}
