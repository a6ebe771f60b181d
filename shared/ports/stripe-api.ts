/** One request to Stripe's API. */
export interface StripeRequest {
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Path and query, from the first slash on: `/v1/invoices/in_…`. It never names a host. */
  readonly path: string;
  /** Whose key is used. */
  readonly livemode: boolean;
  /** Account the request is about, as `Stripe-Context`: `acct_…`, or `acct_platform/acct_connected`. */
  readonly context?: string | undefined;
  /** Only for POST: becomes a form for v1 and JSON for v2. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Only for POST: makes it safe to repeat. @default a new one for each call */
  readonly idempotencyKey?: string;
  /** The event because of which it is made: Stripe shows it in its request log. */
  readonly because?: string;
}

/** Stripe's answer to a request that succeeded. */
export interface StripeAnswer {
  /** 200 to 299. */
  readonly status: number;
  /** JSON text of an object, in Stripe's own bytes: numbers beyond 2^53 survive here and not in `value`. */
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Version of the API that wrote the answer, where Stripe says so: `2026-10-28.endive`. */
  readonly apiVersion?: string;
  /** `req_…`, for Stripe's request log. */
  readonly requestId?: string;
}

/** Asks Stripe, as far as a restricted key may. It keeps to no rate: that is the caller's part. */
export interface StripeApi {
  /**
   * Resolves only with a success, read to its end.
   * @throws {SecretUnavailable} the keys could not be read
   * @throws {StripeKeyMissing | StripeKeyRefused | StripePermissionMissing} no key, or not the right one
   * @throws {StripeNotFound} 404; a key of another account or mode answers so to everything
   * @throws {StripeRateLimited | StripeUnavailable} later it may work
   * @throws {StripeRequestRefused} it never will
   */
  request(request: StripeRequest, signal: AbortSignal): Promise<StripeAnswer>;
}
