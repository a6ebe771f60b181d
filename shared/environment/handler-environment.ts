/** Environment variables of a domain handler: set by infra/, read by the domains' `lambda.ts` only. */
export interface HandlerEnvironment {
  readonly STAGE: string;
  /** Domain name, or `unrecognized`. */
  readonly DOMAIN: string;
  readonly LEDGER_TABLE: string;
  readonly OBJECTS_TABLE: string;
  readonly PAYLOAD_BUCKET: string;
  readonly QUEUE_URL: string;
  /** Where a parked message goes at once. */
  readonly DLQ_URL: string;
  /** JSON: seconds a failed record is hidden after its 1st, 2nd, … receive; the last value repeats. */
  readonly RETRY_SCHEDULE: string;
  /** Receives after which SQS moves a message to the DLQ: the last one that fails is not hidden any more. */
  readonly MAX_RECEIVE_COUNT: string;
  /** JSON: `"full"`, `"off"`, or a list of top-level field names of the Stripe object to keep. */
  readonly PROJECTION: string;
  /** `event` or `latest`: whether Stripe's API is asked for the present state after each event. */
  readonly FRESHNESS: string;
  /** Where the resolver is asked for present states. */
  readonly REFRESH_QUEUE_URL: string;
}

export const HANDLER_VARIABLES = [
  'STAGE',
  'DOMAIN',
  'LEDGER_TABLE',
  'OBJECTS_TABLE',
  'PAYLOAD_BUCKET',
  'QUEUE_URL',
  'DLQ_URL',
  'RETRY_SCHEDULE',
  'MAX_RECEIVE_COUNT',
  'PROJECTION',
  'FRESHNESS',
  'REFRESH_QUEUE_URL',
] as const satisfies readonly (keyof HandlerEnvironment)[];
