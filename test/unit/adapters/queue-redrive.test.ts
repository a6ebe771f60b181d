import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { redriveOfQueue } from '#functions/adapters/operator/queue-redrive.ts';
import { type Answers, fakeAws } from '../cli/fake-aws.ts';

const ARN = 'arn:aws:sqs:eu-west-1:111111111111:dunning';
const DLQ = `${ARN}-dlq`;
const GetQueueUrl = () => ({ QueueUrl: 'https://sqs/1/dunning' });
const named = (name: string) => () => Object.assign(new Error(name), { name });

async function redrive(answers: Answers, ownAccount = '111111111111') {
  const { endpoint } = await fakeAws(answers);
  const client = new SQSClient({ endpoint, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return redriveOfQueue(client, ARN, ownAccount);
}

describe('what a queue does with failures', () => {
  it('is to move them to its DLQ', async () => {
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: DLQ, maxReceiveCount: '5' });

    expect(await redrive({ GetQueueUrl, GetQueueAttributes: () => ({ Attributes: { RedrivePolicy } }) })).toEqual({
      deadLetterQueue: DLQ,
      maxReceiveCount: 5,
    });
  });

  it('is nothing where it has no redrive policy', async () => {
    expect(await redrive({ GetQueueUrl, GetQueueAttributes: () => ({ Attributes: {} }) })).toBe('none');
  });

  it('is not known where there is no such queue, or where another account does not say', async () => {
    const missing = { GetQueueUrl: named('QueueDoesNotExist') };

    expect(await redrive(missing)).toBe('missing');
    expect(await redrive(missing, '222222222222')).toBe('unreadable');
    expect(await redrive({ GetQueueUrl, GetQueueAttributes: named('AccessDenied') })).toBe('unreadable');
  });

  it('is a fault when SQS fails', async () => {
    await expect(redrive({ GetQueueUrl: named('InternalError') })).rejects.toMatchObject({ name: 'InternalError' });
  });
});
