/** Environment variables of the reconciler: set by infra/, read by `functions/reconciler/lambda.ts` only. */
export interface ReconcilerEnvironment {
  readonly STAGE: string;
  readonly LEDGER_TABLE: string;
  readonly BUS_NAME: string;
  readonly PAYLOAD_BUCKET: string;
  /** Holds JSON: `live` and `test`, each a restricted API key. */
  readonly API_KEYS_SECRET_ARN: string;
  /** JSON: `StripeConfiguration`. */
  readonly STRIPE_CONFIGURATION: string;
  /** Where Stripe posts to, without a destination's name. */
  readonly WEBHOOK_URL: string;
  /** ARN of the bus, by which our destinations are marked. */
  readonly INSTALLATION: string;
  /** Bytes of detail above which an event goes to S3. */
  readonly INLINE_LIMIT: string;
}

export const RECONCILER_VARIABLES = [
  'STAGE',
  'LEDGER_TABLE',
  'BUS_NAME',
  'PAYLOAD_BUCKET',
  'API_KEYS_SECRET_ARN',
  'STRIPE_CONFIGURATION',
  'WEBHOOK_URL',
  'INSTALLATION',
  'INLINE_LIMIT',
] as const satisfies readonly (keyof ReconcilerEnvironment)[];
