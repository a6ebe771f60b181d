/**
 * Dollars for each thing of which there is one per request, per published or per handled event: us-east-1 list prices
 * of 2026, for events below 64 KB and full batches. Good for a line on a dashboard; the bill has the truth.
 */
export const UNIT_PRICES = {
  /** HTTP API, one invocation, 40 ms at 512 MB. */
  request: 1.0e-6 + 0.2e-6 + 0.27e-6,
  /** Two ledger writes, PutEvents, and a log line. */
  accepted: 1.25e-6 + 1.0e-6 + 0.5e-6,
  /** A tenth of an invocation, a message sent, received and deleted, a read and a write of a row, and a log line. */
  handled: 0.19e-6 + 0.48e-6 + 0.75e-6 + 0.5e-6,
} as const;
