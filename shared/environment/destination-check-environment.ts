/** Environment variables of the destination check: set by infra/, read by `functions/destination-check/lambda.ts` only. */
export interface DestinationCheckEnvironment {
  readonly STAGE: string;
  readonly LEDGER_TABLE: string;
  /** Holds JSON: `live` and `test`, each a restricted API key. */
  readonly API_KEYS_SECRET_ARN: string;
  /** JSON: `StripeConfiguration`. */
  readonly STRIPE_CONFIGURATION: string;
  /** Where Stripe posts to, without a destination's name. */
  readonly WEBHOOK_URL: string;
  /** ARN of the bus, by which our destinations are marked. */
  readonly INSTALLATION: string;
}

export const DESTINATION_CHECK_VARIABLES = [
  'STAGE',
  'LEDGER_TABLE',
  'API_KEYS_SECRET_ARN',
  'STRIPE_CONFIGURATION',
  'WEBHOOK_URL',
  'INSTALLATION',
] as const satisfies readonly (keyof DestinationCheckEnvironment)[];
