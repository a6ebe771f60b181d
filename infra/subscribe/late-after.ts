import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { templateOf } from './queue-findings.ts';

/** Receives after which SQS leaves a message out of the age of the oldest one. */
const RECEIVES_THAT_COUNT = 3;
/** SQS's default visibility, in seconds. */
const DEFAULT_VISIBILITY = 30;
const SLACK = 5 * 60;

/**
 * How long one bad event can look like a queue that stands still, and five minutes more.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function lateAfterOf(queue: IQueue): Duration {
  const visibility = templateOf(queue)?.visibilityTimeout ?? DEFAULT_VISIBILITY;
  return Duration.seconds(RECEIVES_THAT_COUNT * visibility + SLACK);
}
