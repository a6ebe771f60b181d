/**
 * Environment variables of the ingress function: set by infra/, read by `functions/ingress/lambda.ts` only.
 * Values are strings; the unit or form stands beside each.
 */
export interface IngressEnvironment {
  readonly STAGE: string;
  readonly LEDGER_TABLE: string;
  readonly BUS_NAME: string;
  readonly PAYLOAD_BUCKET: string;
  /** Holds JSON: destination name → list of active signing secrets (`whsec_…`). */
  readonly SIGNING_SECRET_ARN: string;
  /** JSON: `Destination[]`. */
  readonly DESTINATIONS: string;
  /** Bytes of detail above which an event goes to S3. */
  readonly INLINE_LIMIT: string;
}

export const INGRESS_VARIABLES = [
  'STAGE',
  'LEDGER_TABLE',
  'BUS_NAME',
  'PAYLOAD_BUCKET',
  'SIGNING_SECRET_ARN',
  'DESTINATIONS',
  'INLINE_LIMIT',
] as const satisfies readonly (keyof IngressEnvironment)[];
