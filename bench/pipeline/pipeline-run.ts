/** What one run of the whole pipeline on the embedded runtime showed. */
export interface PipelineRun {
  /** Events that the ledger knew before. */
  readonly known: number;
  readonly eventsPerSecond: number;
  /** From the moment Stripe makes and sends an event, here the same, to the log line that says it was handled. */
  readonly latencyP50Ms: number;
  readonly redrivenPerSecond: number;
  readonly peakMiB: number;
}
