import { PipelineError } from './pipeline-error.ts';

/** The invocation ended before the work began: nothing failed, and the message simply stays in its queue. */
export class OutOfTime extends PipelineError {
  readonly code = 'out_of_time';
  readonly disposition = 'retry';
  readonly remedy = 'It comes back by itself. If it lasts, give the function more time or lower the batch size.';
}

/** Another invocation is doing the same work for the same event, or died doing so. */
export class InProgressElsewhere extends PipelineError {
  readonly code = 'in_progress_elsewhere';
  readonly disposition = 'retry';
  readonly remedy = 'The message comes back when the lease has ended.';
  /** Unix milliseconds. */
  readonly leaseUntil: number;

  constructor(message: string, leaseUntil: number) {
    super(message);
    this.leaseUntil = leaseUntil;
  }
}

/** The message holds no event of this pipeline; no retry can change that. */
export class NotAnEvent extends PipelineError {
  readonly code = 'not_an_event';
  readonly disposition = 'park';
  readonly remedy = 'Find out who sends to this queue besides the rules of the bus, and delete the message.';
}
