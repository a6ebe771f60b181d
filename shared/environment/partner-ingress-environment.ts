/** Environment variables of the partner ingress: set by infra/, read by `functions/partner-ingress/lambda.ts` only. */
export interface PartnerIngressEnvironment {
  readonly STAGE: string;
  readonly LEDGER_TABLE: string;
  readonly BUS_NAME: string;
  readonly PAYLOAD_BUCKET: string;
  /** Bytes of detail above which an event goes to S3. */
  readonly INLINE_LIMIT: string;
  readonly QUEUE_URL: string;
  /** Where a parked message goes at once. */
  readonly DLQ_URL: string;
  /** JSON: seconds a failed record is hidden after its 1st, 2nd, … receive; the last value repeats. */
  readonly RETRY_SCHEDULE: string;
  /** Receives after which SQS moves a message to the DLQ. */
  readonly MAX_RECEIVE_COUNT: string;
  /** JSON: `PartnerSource[]`. */
  readonly PARTNER_SOURCES: string;
}

export const PARTNER_INGRESS_VARIABLES = [
  'STAGE',
  'LEDGER_TABLE',
  'BUS_NAME',
  'PAYLOAD_BUCKET',
  'INLINE_LIMIT',
  'QUEUE_URL',
  'DLQ_URL',
  'RETRY_SCHEDULE',
  'MAX_RECEIVE_COUNT',
  'PARTNER_SOURCES',
] as const satisfies readonly (keyof PartnerIngressEnvironment)[];
