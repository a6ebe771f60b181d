/** Name of the stage that a chaos run has to itself: no entry of `infra/config.ts`, so that nobody deploys it. */
export const CHAOS_STAGE = 'chaos';

/** As an entry of `infra/config.ts` would be: Stripe sends its events by webhook, and over partner buses of both modes. */
export const CHAOS_CONFIG = {
  partnerEventSources: [
    { source: 'aws.partner/stripe.com/ed_Chaos', name: 'partner-live' },
    { source: 'aws.partner/stripe.com/ed_test_Chaos', name: 'partner-test' },
  ],
} as const;
