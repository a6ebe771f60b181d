import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { QueueUnavailable } from '#shared/errors/store-errors.ts';
import type { Messages } from '#shared/ports/messages.ts';

export interface SqsMessagesOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** A handler's hold on the messages it was given. */
export function sqsMessages({ client, queueUrl, deadLetterQueueUrl }: SqsMessagesOptions): Messages {
  // SQS refuses the whole message for one character that XML does not know; a reason can hold anything.
  const text = (value: string) => ({
    DataType: 'String',
    StringValue: value.replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD]/g, ' '),
  });
  return {
    async hide({ receiptHandle }, seconds, signal) {
      const command = new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      });
      await client.send(command, { abortSignal: signal }).catch((cause: unknown) => fail('hide', cause));
    },
    async park({ body }, { code, message }, signal) {
      const command = new SendMessageCommand({
        QueueUrl: deadLetterQueueUrl,
        MessageBody: body,
        MessageAttributes: { ERROR_CODE: text(code), ERROR_MESSAGE: text(message || code) },
      });
      await client.send(command, { abortSignal: signal }).catch((cause: unknown) => fail('park', cause));
    },
  };
}

function fail(verb: string, cause: unknown): never {
  const reason = errorName(cause);
  throw new QueueUnavailable(`The queue did not ${verb} a message: ${reason}.`, { cause });
}
