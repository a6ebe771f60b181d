import { PipelineError } from './pipeline-error.ts';

/** The ledger did not answer, or not in time. */
export class LedgerUnavailable extends PipelineError {
  readonly code = 'ledger_unavailable';
  readonly disposition = 'retry';
  readonly remedy = 'It is tried again. If it lasts, look at the throttles and errors of the ledger table.';
}

/** A secret could not be read, or holds no signing secret for the destination. */
export class SecretUnavailable extends PipelineError {
  readonly code = 'secret_unavailable';
  readonly disposition = 'retry';
  readonly remedy = 'See that the secret can be read, and store in it what the README says under "Deploy".';
}

/** The bus said no to an entry that it may take later: throttled, failed inside, or not permitted. */
export class PublishFailed extends PipelineError {
  readonly code = 'publish_failed';
  readonly disposition = 'retry';
  readonly remedy =
    'Stripe tries again. If it lasts, look at the throttles of the bus and the permissions of the function.';
}

/** Nobody knows whether the bus took the entry: time-out, lost answer, or an error of the service itself. */
export class PublishUnknown extends PipelineError {
  readonly code = 'publish_unknown';
  readonly disposition = 'retry';
  readonly remedy = 'Stripe tries again, and the event may be on the bus twice: consumers go by its id.';
}

/** The bus will never take this entry as it is. */
export class BusRefused extends PipelineError {
  readonly code = 'bus_refused';
  readonly disposition = 'park';
  readonly remedy = 'The event is kept in the payload bucket and announced as unrecognized.';
  /** EventBridge's own code, such as `MalformedDetail`. */
  readonly reason: string;

  constructor(message: string, reason: string) {
    super(message);
    this.reason = reason;
  }
}

/** The payload bucket did not answer, or not in time. */
export class PayloadStoreUnavailable extends PipelineError {
  readonly code = 'payload_store_unavailable';
  readonly disposition = 'retry';
  readonly remedy = 'It is tried again. If it lasts, look at the permissions and errors of the payload bucket.';
}

/** A reference points to nothing, or to other bytes than it names. */
export class PayloadLost extends PipelineError {
  readonly code = 'payload_lost';
  readonly disposition = 'park';
  readonly remedy = 'Fetch the event from Stripe again (it keeps events for 30 days) and redrive the message.';
}

/** The objects table did not answer, or not in time. */
export class ObjectsUnavailable extends PipelineError {
  readonly code = 'objects_unavailable';
  readonly disposition = 'retry';
  readonly remedy = 'It is tried again. If it lasts, look at the throttles and errors of the objects table.';
}

/** The queue did not take a message or a change of one. */
export class QueueUnavailable extends PipelineError {
  readonly code = 'queue_unavailable';
  readonly disposition = 'retry';
  readonly remedy = "It is tried again. If it lasts, look at the function's permissions on its queue and DLQ.";
}

/** CloudWatch did not give the metrics that were asked for, or not all of them. */
export class MetricsUnavailable extends PipelineError {
  readonly code = 'metrics_unavailable';
  readonly disposition = 'retry';
  readonly remedy = 'The next run asks again. If it lasts, look at the permission cloudwatch:GetMetricData.';
}

/** EventBridge did not say which replays there were. */
export class ReplaysUnavailable extends PipelineError {
  readonly code = 'replays_unavailable';
  readonly disposition = 'retry';
  readonly remedy =
    'The next run asks again. If it lasts, look at the permissions events:ListReplays and events:DescribeReplay.';
}
