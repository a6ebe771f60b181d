import { PipelineError } from './pipeline-error.ts';

/** What Stripe says about another try, in the headers of its answer. */
export interface RetryAdvice {
  /** `Retry-After`, in seconds. */
  readonly afterSeconds?: number;
  /** `Stripe-Should-Retry`. */
  readonly shouldRetry?: boolean;
}

/** No API key is stored for the mode, or what is stored is none. */
export class StripeKeyMissing extends PipelineError {
  readonly code = 'stripe_key_missing';
  readonly disposition = 'park';
  readonly remedy = 'Store a restricted key for this mode, as docs/guides/api-keys.md says, then redrive.';
}

/** Stripe does not know the key: it was revoked, has expired, or was never one. */
export class StripeKeyRefused extends PipelineError {
  readonly code = 'stripe_key_refused';
  readonly disposition = 'park';
  readonly remedy = 'Store a valid restricted key for this mode, as docs/guides/api-keys.md says, then redrive.';
}

/** The key is valid and may not do this. The message names the permission where Stripe does. */
export class StripePermissionMissing extends PipelineError {
  readonly code = 'stripe_permission_missing';
  readonly disposition = 'park';
  readonly remedy = 'Give the restricted key the permission that the message names, then redrive.';
}

/** 404. It says nothing of a deletion: a key of another account or mode is answered so as well. */
export class StripeNotFound extends PipelineError {
  readonly code = 'stripe_not_found';
  readonly disposition = 'retry';
  readonly remedy = 'It is asked for once more. If most requests end so, the key belongs to another account or mode.';
}

/** 429: the account's limit, which everything that calls Stripe shares, or that of one endpoint. */
export class StripeRateLimited extends PipelineError {
  readonly code = 'stripe_rate_limited';
  readonly disposition = 'retry';
  readonly remedy =
    'It is tried again when Stripe allows. If it lasts, find who else calls, or lower the request rate.';
  override readonly notBeforeSeconds: number | undefined;

  /** Stripe's word on retrying at once is left out: that it says no to that does not mean never. */
  constructor(message: string, { afterSeconds }: RetryAdvice = {}, options?: ErrorOptions) {
    super(message, options);
    this.notBeforeSeconds = afterSeconds;
  }
}

/** Stripe did not answer, not in time, or with a fault of its own. */
export class StripeUnavailable extends PipelineError {
  readonly code = 'stripe_unavailable';
  readonly disposition = 'retry';
  readonly remedy = "It is tried again. If it lasts, look at https://status.stripe.com and at the function's network.";
  override readonly notBeforeSeconds: number | undefined;

  constructor(message: string, { afterSeconds }: RetryAdvice = {}, options?: ErrorOptions) {
    super(message, options);
    this.notBeforeSeconds = afterSeconds;
  }
}

/** Stripe refuses the request for good, or it is none that may be made with our key. */
export class StripeRequestRefused extends PipelineError {
  readonly code = 'stripe_request_refused';
  readonly disposition = 'park';
  readonly remedy = 'Look the request up in the request log of Stripe, under the id that the message names.';
}

/** A notification refers to something that must not be asked for with our key: only Stripe's own host gets it. */
export class RelatedUrlRefused extends PipelineError {
  readonly code = 'related_url_refused';
  readonly disposition = 'park';
  readonly remedy = 'Stripe sends no such URL: find out who could sign this event, and roll the signing secret.';
}

/** Stripe answered with another object than the notification refers to. */
export class RelatedObjectUnexpected extends PipelineError {
  readonly code = 'related_object_unexpected';
  readonly disposition = 'park';
  readonly remedy = 'Compare what the URL of the notification answers with what it refers to, and report it.';
}

/** Stripe finds next to nothing that it is asked for, not even its own events: nothing may be concluded from that. */
export class StripeFindsNothing extends PipelineError {
  readonly code = 'stripe_finds_nothing';
  readonly disposition = 'retry';
  readonly remedy = 'Store the API key of the account and mode that the events come from. It is tried again by itself.';
}
