/**
 * Options that every AWS client of a function is built with, once per instance. A call that hangs is given up long
 * before the function's deadline, so that there is time for two more tries and for settling the ledger row.
 * Region, credentials and endpoint come from Lambda's own environment.
 */
export const awsClientOptions = {
  /** The first try and two retries. */
  maxAttempts: 3,
  requestHandler: {
    /** Milliseconds to connect. */
    connectionTimeout: 500,
    /** Milliseconds for one try, answer included. */
    requestTimeout: 1_500,
    throwOnRequestTimeout: true,
  },
} as const;
