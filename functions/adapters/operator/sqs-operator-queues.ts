import {
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
  SQSServiceException,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { DeadLetter } from '#shared/operations/dead-letter.ts';
import type { OperatorQueues } from '#shared/operations/operator-queues.ts';

/** Long polling asks all of a queue's servers: only then does an empty answer mean that nothing is visible. */
const WAIT_SECONDS = 1;
const BATCH = 10;

/** Queues in SQS, for an operator's commands. */
export function sqsOperatorQueues(client: SQSClient): OperatorQueues {
  async function attributes(QueueUrl: string, names: readonly ('All' | 'QueueArn' | 'Policy')[]) {
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }));
    return Attributes ?? {};
  }

  return {
    async counts(url) {
      const found = await attributes(url, ['All']);
      return {
        visible: Number(found.ApproximateNumberOfMessages ?? 0),
        hidden:
          Number(found.ApproximateNumberOfMessagesNotVisible ?? 0) +
          Number(found.ApproximateNumberOfMessagesDelayed ?? 0),
      };
    },

    async arn(url) {
      const { QueueArn } = await attributes(url, ['QueueArn']);
      if (QueueArn === undefined) throw new Error(`SQS named no ARN for the queue ${url}.`);
      return QueueArn;
    },

    policy: async (url) => (await attributes(url, ['Policy'])).Policy,

    async receive(url, max, seconds) {
      const { Messages } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: max,
          VisibilityTimeout: seconds,
          WaitTimeSeconds: WAIT_SECONDS,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['All'],
        }),
      );
      return (Messages ?? []).map(toDeadLetter);
    },

    async send(url, { body, attributes: own, traceHeader }) {
      const text = (StringValue: string) => ({ DataType: 'String', StringValue });
      const command = new SendMessageCommand({
        QueueUrl: url,
        MessageBody: body,
        MessageAttributes: Object.fromEntries(Object.entries(own).map(([name, value]) => [name, text(value)])),
        ...(traceHeader === undefined ? {} : { MessageSystemAttributes: { AWSTraceHeader: text(traceHeader) } }),
      });
      try {
        await client.send(command);
        return { outcome: 'sent' };
      } catch (error) {
        const status = error instanceof SQSServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        return { outcome: status >= 400 && status < 500 ? 'refused' : 'unknown', reason };
      }
    },

    async remove(url, receiptHandle) {
      await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receiptHandle }));
    },

    async putBack(url, receiptHandles) {
      for (let from = 0; from < receiptHandles.length; from += BATCH) {
        const Entries = receiptHandles
          .slice(from, from + BATCH)
          .map((ReceiptHandle, i) => ({ Id: String(i), ReceiptHandle, VisibilityTimeout: 0 }));
        // An entry that fails is visible again already, or will be by itself.
        await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }));
      }
    },

    async startMove(SourceArn, DestinationArn, rate) {
      await client.send(
        new StartMessageMoveTaskCommand({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: rate }),
      );
    },

    async latestMove(SourceArn) {
      const { Results } = await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
      const [task] = Results ?? [];
      if (task === undefined) return undefined;
      return {
        status: task.Status ?? 'UNKNOWN',
        moved: task.ApproximateNumberOfMessagesMoved ?? 0,
        toMove: task.ApproximateNumberOfMessagesToMove ?? 0,
        startedAt: task.StartedTimestamp ?? 0,
        ...(task.TaskHandle === undefined ? {} : { handle: task.TaskHandle }),
        ...(task.FailureReason === undefined ? {} : { reason: task.FailureReason }),
      };
    },

    async cancelMove(TaskHandle) {
      await client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    },
  };
}

function toDeadLetter({ MessageId, ReceiptHandle, Body, Attributes, MessageAttributes }: Message): DeadLetter {
  const own = Object.entries(MessageAttributes ?? {}).flatMap(([name, { StringValue }]) =>
    StringValue === undefined ? [] : [[name, StringValue] as const],
  );
  return {
    messageId: MessageId ?? '',
    receiptHandle: ReceiptHandle ?? '',
    body: Body ?? '',
    attributes: Object.fromEntries(own),
    sentAt: Number(Attributes?.SentTimestamp ?? 0),
    ...(Attributes?.AWSTraceHeader === undefined ? {} : { traceHeader: Attributes.AWSTraceHeader }),
  };
}
