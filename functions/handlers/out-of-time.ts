import { PipelineError } from '#shared/errors/pipeline-error.ts';

/** The invocation ended before the work began: nothing failed, and the message simply stays in its queue. */
export class OutOfTime extends PipelineError {
  readonly code = 'out_of_time';
  readonly disposition = 'retry';
  readonly remedy = 'It comes back by itself. If it lasts, give the function more time or lower the batch size.';
}
