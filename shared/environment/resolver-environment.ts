/** Environment variables of the resolver: set by infra/, read by `functions/resolver/lambda.ts` only. */
export interface ResolverEnvironment {
  readonly STAGE: string;
  readonly LEDGER_TABLE: string;
  /** Rows that have become newer need no request. */
  readonly OBJECTS_TABLE: string;
  readonly BUS_NAME: string;
  readonly PAYLOAD_BUCKET: string;
  /** Holds JSON: `live` and `test`, each a restricted API key. */
  readonly API_KEYS_SECRET_ARN: string;
  /** Version of the API in which objects are fetched. */
  readonly STRIPE_API_VERSION: string;
  /** JSON: `Destination[]`. */
  readonly DESTINATIONS: string;
  /** Bytes of detail above which an event goes to S3. */
  readonly INLINE_LIMIT: string;
  readonly QUEUE_URL: string;
  /** Where a parked message goes at once. */
  readonly DLQ_URL: string;
  /** The queue of requests for present states, and its DLQ. */
  readonly REFRESH_QUEUE_URL: string;
  readonly REFRESH_DLQ_URL: string;
  /** JSON: seconds a failed record is hidden after its 1st, 2nd, … receive; the last value repeats. */
  readonly RETRY_SCHEDULE: string;
  /** Receives after which SQS moves a message to the DLQ. */
  readonly MAX_RECEIVE_COUNT: string;
  /** Requests a second that one invocation may make of Stripe, for notifications and for present states. */
  readonly REQUESTS_PER_SECOND: string;
  readonly REFRESHES_PER_SECOND: string;
  /** Milliseconds that Stripe has for one answer. */
  readonly REQUEST_TIMEOUT_MS: string;
}

export const RESOLVER_VARIABLES = [
  'STAGE',
  'LEDGER_TABLE',
  'OBJECTS_TABLE',
  'BUS_NAME',
  'PAYLOAD_BUCKET',
  'API_KEYS_SECRET_ARN',
  'STRIPE_API_VERSION',
  'DESTINATIONS',
  'INLINE_LIMIT',
  'QUEUE_URL',
  'DLQ_URL',
  'REFRESH_QUEUE_URL',
  'REFRESH_DLQ_URL',
  'RETRY_SCHEDULE',
  'MAX_RECEIVE_COUNT',
  'REQUESTS_PER_SECOND',
  'REFRESHES_PER_SECOND',
  'REQUEST_TIMEOUT_MS',
] as const satisfies readonly (keyof ResolverEnvironment)[];
