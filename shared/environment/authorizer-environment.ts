/** Environment variables of the authorizer: set by infra/, read by `functions/authorizer/lambda.ts` only. */
export interface AuthorizerEnvironment {
  readonly STAGE: string;
  readonly LEDGER_TABLE: string;
  readonly OBJECTS_TABLE: string;
  readonly BUS_NAME: string;
  readonly PAYLOAD_BUCKET: string;
  /** Holds JSON: name → list of active signing secrets (`whsec_…`). */
  readonly SIGNING_SECRET_ARN: string;
  /** JSON: the `Destination` that Stripe's real-time endpoint is. */
  readonly AUTHORIZATIONS_FROM: string;
  /** Bytes of detail above which an event goes to S3. */
  readonly INLINE_LIMIT: string;
  /** `approve` or `decline`: the answer where the policy gives none in time. */
  readonly FALLBACK: string;
  /** Milliseconds that the policy has. */
  readonly POLICY_MS: string;
  /** Version of Stripe's API in which the answer is, where the request names none. */
  readonly STRIPE_API_VERSION: string;
}

export const AUTHORIZER_VARIABLES = [
  'STAGE',
  'LEDGER_TABLE',
  'OBJECTS_TABLE',
  'BUS_NAME',
  'PAYLOAD_BUCKET',
  'SIGNING_SECRET_ARN',
  'AUTHORIZATIONS_FROM',
  'INLINE_LIMIT',
  'FALLBACK',
  'POLICY_MS',
  'STRIPE_API_VERSION',
] as const satisfies readonly (keyof AuthorizerEnvironment)[];
