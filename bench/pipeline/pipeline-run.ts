/** What one run of the whole pipeline on the embedded runtime showed. */
export interface PipelineRun {
  /** Events that the ledger knew before. */
  readonly known: number;
  readonly eventsPerSecond: number;
  /** From Stripe's `created`, which has whole seconds, to the end of handling. */
  readonly latencyP50Ms: number;
  readonly redrivenPerSecond: number;
  readonly peakMiB: number;
}
