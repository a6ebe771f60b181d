import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { QueueUnavailable } from '#shared/errors/store-errors.ts';
import { queueName } from '#shared/naming/resource-names.ts';
import type { DomainQueues } from '#shared/ports/domain-queues.ts';

export interface SqsDomainQueuesOptions {
  readonly client: SQSClient;
  readonly stage: string;
  /** URL of any queue of the stage: those of the domains stand beside it. */
  readonly besideUrl: string;
}

/** The domains' queues, for who is not the bus. */
export function sqsDomainQueues({ client, stage, besideUrl }: SqsDomainQueuesOptions): DomainQueues {
  const beside = besideUrl.slice(0, besideUrl.lastIndexOf('/') + 1);
  return {
    async send(domain, body, signal) {
      const command = new SendMessageCommand({ QueueUrl: `${beside}${queueName(stage, domain)}`, MessageBody: body });
      await client.send(command, { abortSignal: signal }).catch((cause: unknown) => {
        const reason = errorName(cause);
        throw new QueueUnavailable(`The queue of ${domain} did not take a message: ${reason}.`, { cause });
      });
    },
  };
}
