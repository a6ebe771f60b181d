import { createHash } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { sqsMessages } from '#functions/adapters/sqs-messages.ts';
import { QueueUnavailable } from '#shared/errors/store-errors.ts';
import type { Messages } from '#shared/ports/messages.ts';
import { clientOf, type ScriptedAnswer, type ScriptedServer, scriptedServer } from './scripted-server.ts';

const message = { messageId: 'm1', receiptHandle: 'handle-1', body: '{"detail":{}}', receiveCount: 2 };
let server: ScriptedServer;
afterEach(() => server.close());

async function using(answer: ScriptedAnswer, act: (messages: Messages) => Promise<void>) {
  server = await scriptedServer([answer]);
  const client = new SQSClient({ ...clientOf(server.endpoint), maxAttempts: 1 });
  const queueUrl = `${server.endpoint}/000000000000/billing`;
  await act(sqsMessages({ client, queueUrl, deadLetterQueueUrl: `${queueUrl}-dlq` })).finally(() => client.destroy());
  return queueUrl;
}

describe("a handler's messages", () => {
  it('are hidden for the given seconds', async () => {
    const queueUrl = await using({ status: 200, body: {} }, (messages) =>
      messages.hide(message, 300, AbortSignal.timeout(2_000)),
    );

    expect(server.requests).toEqual([{ QueueUrl: queueUrl, ReceiptHandle: 'handle-1', VisibilityTimeout: 300 }]);
  });

  it('are parked in the DLQ unchanged, with their reason beside them', async () => {
    const answer = {
      status: 200,
      body: { MessageId: 'copy', MD5OfMessageBody: createHash('md5').update(message.body).digest('hex') },
    };

    const queueUrl = await using(answer, (messages) =>
      messages.park(message, { code: 'not_an_event', message: 'It is none.' }, AbortSignal.timeout(2_000)),
    );

    expect(server.requests).toEqual([
      {
        QueueUrl: `${queueUrl}-dlq`,
        MessageBody: '{"detail":{}}',
        MessageAttributes: {
          ERROR_CODE: { DataType: 'String', StringValue: 'not_an_event' },
          ERROR_MESSAGE: { DataType: 'String', StringValue: 'It is none.' },
        },
      },
    ]);
  });

  it('are parked whatever their reason holds', async () => {
    const answer = {
      status: 200,
      body: { MessageId: 'copy', MD5OfMessageBody: createHash('md5').update(message.body).digest('hex') },
    };

    await using(answer, (messages) =>
      messages.park(message, { code: 'no', message: '\u001b[31mred\u0000\ud800' }, AbortSignal.timeout(2_000)),
    );

    expect(server.requests).toMatchObject([{ MessageAttributes: { ERROR_MESSAGE: { StringValue: ' [31mred  ' } } }]);
  });

  it('say queue_unavailable when the queue refuses', async () => {
    const denied = { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } };

    await expect(using(denied, (messages) => messages.hide(message, 1, AbortSignal.timeout(2_000)))).rejects.toThrow(
      QueueUnavailable,
    );
  });
});
