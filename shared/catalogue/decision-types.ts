/**
 * Types that Stripe holds something up for until it has a decision. Sent to an ordinary destination, they are answered
 * without one: cards would be declined or approved by the account's setting for a silent endpoint.
 * @see https://docs.stripe.com/issuing/controls/real-time-authorizations
 */
export const DECISION_TYPES: readonly string[] = ['issuing_authorization.request'];
