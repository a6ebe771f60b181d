import type { OwnService } from '../aws/aws-call.ts';
import { jsonService } from '../aws/json-service.ts';
import { changeMessageVisibility, changeMessageVisibilityBatch } from './actions/change-message-visibility.ts';
import { createQueue } from './actions/create-queue.ts';
import { deleteMessage, deleteMessageBatch } from './actions/delete-message.ts';
import { getQueueUrl, listDeadLetterSourceQueues, listQueues } from './actions/find-queues.ts';
import { cancelMessageMoveTask, listMessageMoveTasks, startMessageMoveTask } from './actions/message-move-tasks.ts';
import { purgeQueue } from './actions/purge-queue.ts';
import { getQueueAttributes, setQueueAttributes } from './actions/queue-attributes.ts';
import { receiveMessage } from './actions/receive-message.ts';
import { sendMessage } from './actions/send-message.ts';
import { sendMessageBatch } from './actions/send-message-batch.ts';
import type { SqsAction, SqsContext } from './sqs-context.ts';

const ACTIONS: Readonly<Record<string, SqsAction>> = {
  CancelMessageMoveTask: cancelMessageMoveTask,
  ChangeMessageVisibility: changeMessageVisibility,
  ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
  CreateQueue: createQueue,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
  ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
  ListMessageMoveTasks: listMessageMoveTasks,
  ListQueues: listQueues,
  PurgeQueue: purgeQueue,
  ReceiveMessage: receiveMessage,
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  SetQueueAttributes: setQueueAttributes,
  StartMessageMoveTask: startMessageMoveTask,
};

/** SQS in memory, for standard queues. */
export function sqsService(context: SqsContext): OwnService {
  const operations = Object.entries(ACTIONS).map(([name, action]) => [name, action(context)] as const);
  return jsonService(Object.fromEntries(operations), {
    contentType: 'application/x-amz-json-1.0',
    invalidInput: 'InvalidParameterValue',
  });
}
