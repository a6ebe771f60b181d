import { inRange } from '../queue-input.ts';
import type { SqsAction } from '../sqs-context.ts';

/** SQS moves at most this many messages a second. */
const MAX_RATE = 500;

export const startMessageMoveTask: SqsAction =
  ({ moveTasks }) =>
  (input) => {
    const rate = inRange(input, 'MaxNumberOfMessagesPerSecond', 1, MAX_RATE);
    return { TaskHandle: moveTasks.start(input.string('SourceArn'), input.optionalString('DestinationArn'), rate) };
  };

export const listMessageMoveTasks: SqsAction =
  ({ moveTasks }) =>
  (input) => ({ Results: moveTasks.list(input.string('SourceArn'), inRange(input, 'MaxResults', 1, 10) ?? 1) });

export const cancelMessageMoveTask: SqsAction =
  ({ moveTasks }) =>
  (input) => ({ ApproximateNumberOfMessagesMoved: moveTasks.cancel(input.string('TaskHandle')) });
