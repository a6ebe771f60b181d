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

/** What is asked for cannot be known yet: an event of the object is dated ahead of the clock. */
export class TooEarly extends PipelineError {
  readonly code = 'too_early';
  readonly disposition = 'retry';
  readonly remedy = 'It is tried again at that time. If it lasts, compare the clocks of the machine and of Stripe.';
  override readonly notBeforeSeconds: number;

  constructor(message: string, notBeforeSeconds: number) {
    super(message);
    this.notBeforeSeconds = notBeforeSeconds;
  }
}
