import type { Pacer } from '../pacing/pacer.ts';
import type { StripeApi } from '../ports/stripe-api.ts';

/** Stripe's API at a steady pace: for who asks for one thing after another, and keeps no answer. */
export function steadyStripe(stripe: StripeApi, pacer: Pacer): StripeApi {
  return {
    async request(request, signal) {
      await pacer.turn(signal);
      return stripe.request(request, signal);
    },
  };
}
