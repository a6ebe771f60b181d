/** One Stripe webhook endpoint or event destination, as `infra/config.ts` declares it. */
export interface Destination {
  /** Last segment of the URL: `/webhooks/stripe/<name>`. Lower-case letters, digits and dashes, at most 32. */
  readonly name: string;
  /** Which mode's events it accepts. */
  readonly mode: 'live' | 'test' | 'both';
  /** Which payload style Stripe was told to send there. */
  readonly payload: 'snapshot' | 'thin' | 'either';
  /** Whose events: the own account's, those of connected accounts, or either. */
  readonly accounts: 'own' | 'connected' | 'either';
}

/** The destination behind the bare path `/webhooks/stripe`. */
export const DEFAULT_DESTINATION = 'account';
