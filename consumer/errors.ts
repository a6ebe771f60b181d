// biome-ignore lint/performance/noBarrelFile: what consumers may want to tell apart, of all the pipeline's errors
export { PipelineError } from '#shared/errors/pipeline-error.ts';
export { InProgressElsewhere, NotAnEvent } from '#shared/errors/queue-errors.ts';
export { LedgerUnavailable, PayloadLost, PayloadStoreUnavailable } from '#shared/errors/store-errors.ts';
