import { once } from 'node:events';
import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakUntilMended, fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

async function arnOf(sqs: SQSClient, output: string): Promise<string | undefined> {
  const QueueUrl = pipeline.runtime.outputs[output];
  const answer = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return answer.Attributes?.QueueArn;
}

describe('a poison event', () => {
  it('lands in the DLQ after five receives, is listed with its reason until it is redriven, and then handled', async () => {
    const sqs = new SQSClient(pipeline.aws);
    const event = fresh('invoice.payment_failed');
    const dunning = `dunning:${event.data.object.id}`;
    const error = 'ProvisionedThroughputExceededException';
    const poison = { service: 'dynamodb', operation: 'PutItem', match: dunning, times: 'always', error } as const;
    const mend = breakUntilMended(pipeline, poison);
    const deadLettered = once(pipeline.runtime.observations, 'dead-lettered', { signal: AbortSignal.timeout(60_000) });

    await pipeline.send(event);
    const [{ dlq }] = await deadLettered;
    const listed = await pipeline.failures('billing');
    mend();
    const [SourceArn, DestinationArn] = [await arnOf(sqs, 'DlqUrlBilling'), await arnOf(sqs, 'QueueUrlBilling')];
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn }));
    await pipeline.runtime.settled();
    const tasks = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }));
    sqs.destroy();

    expect(dlq).toBe('stripe-fanout-dev-billing-dlq');
    expect(listed).toMatchObject([
      {
        event: { S: event.id },
        stage: { S: 'react#billing#invoice.payment_failed' },
        errorCode: { S: 'objects_unavailable' },
        attempts: { N: '5' },
      },
    ]);
    expect(tasks.Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
    expect(await pipeline.row(dunning)).toBeDefined();
    expect(await pipeline.failures('billing')).toEqual([]);
  });
});
