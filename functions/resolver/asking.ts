import type { PacedStripe } from '#shared/stripe/paced-stripe.ts';
import type { NotFoundBreaker } from './not-found-breaker.ts';

/** What Stripe is asked with, and until when. */
export interface Asking {
  readonly stripe: PacedStripe;
  readonly breaker: NotFoundBreaker;
  readonly signal: AbortSignal;
}
