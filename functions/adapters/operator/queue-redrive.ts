import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type SQSClient,
  SQSServiceException,
} from '@aws-sdk/client-sqs';

/**
 * What a queue does with a message that its consumer does not get done: moves it to a DLQ after so many receives; hands
 * it out again until it expires (`none`); there is no such queue (`missing`); this caller may not know (`unreadable`).
 */
export type QueueRedrive =
  | { readonly deadLetterQueue: string; readonly maxReceiveCount: number }
  | 'none'
  | 'missing'
  | 'unreadable';

/**
 * @param arn of any queue; those of other accounts are often not to be read from here
 * @param ownAccount the caller's
 */
export async function redriveOfQueue(client: SQSClient, arn: string, ownAccount: string): Promise<QueueRedrive> {
  const [, , , , account, name] = arn.split(':');
  try {
    const found = await client.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account }));
    const { QueueUrl } = found;
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] }),
    );
    if (Attributes?.RedrivePolicy === undefined) return 'none';
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(Attributes.RedrivePolicy);
    return { deadLetterQueue: String(deadLetterTargetArn), maxReceiveCount: Number(maxReceiveCount) };
  } catch (error) {
    if (!(error instanceof SQSServiceException)) throw error;
    // Of a queue that another account does not let us see, SQS says the same as of none.
    if (/QueueDoesNotExist|NonExistentQueue/.test(error.name)) return account === ownAccount ? 'missing' : 'unreadable';
    if (/AccessDenied/.test(error.name)) return 'unreadable';
    throw error;
  }
}
