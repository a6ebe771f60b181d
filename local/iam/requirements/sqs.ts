import { isRecord } from '#shared/event/stripe-event.ts';
import { arn } from '../../assembly/account.ts';
import { queueArn } from '../../sqs/queue-arn.ts';
import { inputOf, onAnything, type RequirementRule, type RequirementRules } from '../requirement-rules.ts';

const onQueue =
  (action: string): RequirementRule =>
  (call) => [{ action: `sqs:${action}`, resource: queueArn(inputOf(call).string('QueueUrl')) }];

const onNamed =
  (action: string): RequirementRule =>
  (call) => [{ action: `sqs:${action}`, resource: arn('sqs', inputOf(call).string('QueueName')) }];

const onSource =
  (action: string): RequirementRule =>
  (call) => [{ action: `sqs:${action}`, resource: inputOf(call).string('SourceArn') }];

/** What SQS takes and puts while it moves, it does with the rights of whoever started it. */
const MOVES = ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];

/**
 * A batch needs the right to the single action.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
 */
export const SQS: RequirementRules = {
  CancelMessageMoveTask: (call) => [
    { action: 'sqs:CancelMessageMoveTask', resource: sourceOf(inputOf(call).string('TaskHandle')) },
  ],
  ChangeMessageVisibility: onQueue('ChangeMessageVisibility'),
  ChangeMessageVisibilityBatch: onQueue('ChangeMessageVisibility'),
  CreateQueue: onNamed('CreateQueue'),
  DeleteMessage: onQueue('DeleteMessage'),
  DeleteMessageBatch: onQueue('DeleteMessage'),
  GetQueueAttributes: onQueue('GetQueueAttributes'),
  GetQueueUrl: onNamed('GetQueueUrl'),
  ListDeadLetterSourceQueues: onQueue('ListDeadLetterSourceQueues'),
  ListMessageMoveTasks: onSource('ListMessageMoveTasks'),
  ListQueues: onAnything('sqs:ListQueues'),
  PurgeQueue: onQueue('PurgeQueue'),
  ReceiveMessage: onQueue('ReceiveMessage'),
  SendMessage: onQueue('SendMessage'),
  SendMessageBatch: onQueue('SendMessage'),
  SetQueueAttributes: onQueue('SetQueueAttributes'),
  StartMessageMoveTask: (call) => {
    const input = inputOf(call);
    const source = input.string('SourceArn');
    // Without a destination they go back to wherever they came from.
    const destination = input.optionalString('DestinationArn') ?? arn('sqs', '*');
    return [
      ...MOVES.map((action) => ({ action: `sqs:${action}`, resource: source })),
      { action: 'sqs:SendMessage', resource: destination },
    ];
  },
};

/** A task's handle holds its source, here as in SQS. */
function sourceOf(handle: string): string {
  try {
    const task: unknown = JSON.parse(Buffer.from(handle, 'base64').toString('utf8'));
    return isRecord(task) && typeof task.sourceArn === 'string' ? task.sourceArn : '*';
  } catch {
    return '*';
  }
}
