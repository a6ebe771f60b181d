import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { QueueUnavailable } from '#shared/errors/store-errors.ts';
import type { RefreshRequests } from '#shared/ports/refresh-requests.ts';
import { writeRefreshRequest } from '#shared/refresh/refresh-request.ts';

/** The resolver's refresh queue, as handlers see it. */
export function sqsRefreshRequests(client: SQSClient, queueUrl: string): RefreshRequests {
  return {
    async ask(request, delaySeconds, signal) {
      const MessageBody = writeRefreshRequest(request);
      const command = new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds: delaySeconds });
      await client.send(command, { abortSignal: signal }).catch((cause: unknown) => {
        const reason = errorName(cause);
        throw new QueueUnavailable(`The refresh queue did not take a request: ${reason}.`, { cause });
      });
    },
  };
}
