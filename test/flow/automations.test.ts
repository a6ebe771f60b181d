import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAutomation } from './run-automation.ts';
import { fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

describe('the automation', () => {
  it('RedriveDlq moves a dead letter back, which is then handled, and ends when the move has ended', async () => {
    const event = fresh('review.opened');
    const sqs = new SQSClient(pipeline.aws);
    const entry = { source: 'stripe', 'detail-type': event.type, id: '1', time: new Date(), region: 'us-east-1' };
    const fanout = { version: 1, payload: 'snapshot', via: 'webhook', destination: 'account' };
    const times = { publishedAt: new Date().toISOString(), receivedAt: new Date().toISOString() };
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: pipeline.runtime.outputs.DlqUrlFraud,
        MessageBody: JSON.stringify({ ...entry, detail: { ...event, fanout: { ...fanout, ...times } } }),
      }),
    );
    sqs.destroy();

    await runAutomation(pipeline, 'stripe-fanout-dev-RedriveDlq', { Domain: 'fraud', MaxPerSecond: 100 });
    await pipeline.runtime.settled();

    expect(pipeline.handledBy(event.id)).toEqual(['stripe-fanout-dev-handler-fraud']);
  });

  it('RedriveDlq fails when SQS refuses the move', async () => {
    const id = pipeline.runtime.faults.add({
      service: 'sqs',
      operation: 'StartMessageMoveTask',
      times: 1,
      error: 'UnsupportedOperation',
    });

    await expect(
      runAutomation(pipeline, 'stripe-fanout-dev-RedriveDlq', { Domain: 'fraud', MaxPerSecond: 100 }),
    ).rejects.toThrow();
    pipeline.runtime.faults.remove(id);
  });

  it('ReplayArchive sends the events of a span of time through the chosen rule again, and no other', async () => {
    const before = new Date(Date.now() - 60_000);
    const [reviewed, paid] = [fresh('review.closed'), fresh('invoice.paid')];
    await pipeline.send(reviewed);
    await pipeline.send(paid);
    await pipeline.runtime.settled();

    const whole = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;
    await runAutomation(pipeline, 'stripe-fanout-dev-ReplayArchive', {
      From: whole(before.getTime()),
      To: whole(Date.now() + 60_000),
      RuleArns: ['arn:aws:events:us-east-1:000000000000:rule/stripe-fanout-dev/stripe-fanout-dev-Review'],
    });
    await pipeline.runtime.settled();

    expect(pipeline.handledBy(reviewed.id)).toHaveLength(2);
    expect(pipeline.handledBy(paid.id)).toHaveLength(1);
  });

  it('PauseDomain takes the handler off its queue, and ResumeDomain puts it back', async () => {
    const [late, punctual] = [fresh('radar.early_fraud_warning.created'), fresh('product.created')];

    await runAutomation(pipeline, 'stripe-fanout-dev-PauseDomain', { Domain: 'fraud' });
    for (const event of [late, punctual]) await pipeline.send(event);
    await pipeline.runtime.settled();
    const meanwhile = [late, punctual].map(({ id }) => pipeline.handledBy(id).length);
    await runAutomation(pipeline, 'stripe-fanout-dev-ResumeDomain', { Domain: 'fraud' });
    await pipeline.runtime.settled();

    expect(meanwhile).toEqual([0, 1]);
    expect(pipeline.handledBy(late.id)).toEqual(['stripe-fanout-dev-handler-fraud']);
  });

  it.each([
    ['RedriveDlq', { Domain: 'billing; drop' }, 'Domain'],
    ['RedriveDlq', { Domain: 'billing', MaxPerSecond: 7 }, 'MaxPerSecond'],
    ['PauseDomain', { Domain: 'crypto' }, 'Domain'],
    ['ReplayArchive', { From: 'yesterday', To: '2026-11-24T10:00:00Z', RuleArns: [] }, 'From'],
    [
      'ReplayArchive',
      {
        From: '2026-11-24T09:00:00Z',
        To: '2026-11-24T10:00:00Z',
        RuleArns: ['arn:aws:events:us-east-1:1:rule/other/r'],
      },
      'RuleArns',
    ],
  ])('%s refuses %j before it has done anything', async (name, parameters, wrong) => {
    await expect(runAutomation(pipeline, `stripe-fanout-dev-${name}`, parameters)).rejects.toThrow(
      `The parameter ${wrong} must not be`,
    );
  });
});
