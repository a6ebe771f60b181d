import { S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseStripeEvent } from '#consumer/parse-stripe-event.ts';
import { payloadsFromS3 } from '#consumer/payloads-from-s3.ts';
import { sampleStripeEvent } from '#consumer/testing/sample-stripe-event.ts';
import { assemblyWith } from './assembly-with.ts';
import { cli, cliJson } from './run-cli.ts';
import { fresh, startPipeline } from './start-pipeline.ts';

const BUS = 'stripe-fanout-dev';
const queueArn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
const subscriber = assemblyWith('Dunning', {
  Queue: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'dunning',
      RedrivePolicy: { deadLetterTargetArn: queueArn('DeadLetters'), maxReceiveCount: 4 },
    },
  },
  Bare: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'careless' } },
  DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dunning-dlq' } },
  Deliveries: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: 'Queue' }, { Ref: 'DeadLetters' }],
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
        ],
      },
    },
  },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: 'dunning',
      EventBusName: BUS,
      EventPattern: {
        source: ['stripe'],
        'detail-type': ['invoice.payment_failed', { prefix: 'customer.subscription.p' }],
        detail: { livemode: [false] },
      },
      Targets: [{ Id: 'Queue', Arn: queueArn('Queue'), DeadLetterConfig: { Arn: queueArn('DeadLetters') } }],
      Tags: [{ Key: 'owner', Value: 'payments' }],
    },
  },
  Careless: {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: 'careless',
      EventBusName: BUS,
      EventPattern: { source: ['stripe'], 'detail-type': ['payout.paid'] },
      Targets: [{ Id: 'Queue', Arn: queueArn('Bare') }],
    },
  },
});

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline(subscriber.folder);
});
afterAll(async () => {
  await pipeline[Symbol.asyncDispose]();
  subscriber.remove();
});

describe('fanout subscriptions', () => {
  it("lists other teams' rules and none of ours, each with its owner, its types and its DLQ", async () => {
    const { code, data } = await cliJson(pipeline, 'subscriptions');

    expect(data.bus).toBe(BUS);
    expect(data.subscriptions).toMatchObject([
      {
        rule: 'dunning',
        owner: 'payments',
        isEnabled: true,
        types: [
          'customer.subscription.past_due',
          'customer.subscription.paused',
          'customer.subscription.pending_update_applied',
          'customer.subscription.pending_update_expired',
          'invoice.payment_failed',
        ],
        conditions: ['detail.livemode'],
        targets: [
          {
            deadLetterQueue: expect.stringMatching(/:dunning-dlq$/),
            redrive: { deadLetterQueue: expect.stringMatching(/:dunning-dlq$/), maxReceiveCount: 4 },
          },
        ],
        warnings: [],
      },
      {
        rule: 'careless',
        owner: null,
        types: ['payout.paid'],
        targets: [{ arn: expect.stringMatching(/:careless$/), deadLetterQueue: null, redrive: 'none' }],
        warnings: [
          expect.stringContaining('no DLQ'),
          expect.stringContaining('no redrive policy'),
          expect.stringContaining('owner'),
        ],
      },
    ]);
    expect(code).toBe(0);
  });

  it('tells a person the same', async () => {
    const { stdout } = await cli(pipeline, 'subscriptions');

    expect(stdout).toMatch(/^dunning$/m);
    expect(stdout).toMatch(/^ {2}owner +payments$/m);
    expect(stdout).toMatch(/^ {2}DLQ +none$/m);
    expect(stdout).toMatch(/^ {2}its failures +to arn:aws:sqs:us-east-1:000000000000:dunning-dlq after 4 receives$/m);
    expect(stdout).toMatch(/^ {2}its failures +to no DLQ$/m);
    expect(stdout).toContain('2 subscriptions in the local runtime');
  });

  it('says of the types what the bus then does', async () => {
    const { runtime, send } = pipeline;
    await send(fresh('invoice.payment_failed'));
    await send(fresh('invoice.paid'));
    await runtime.settled();

    expect(runtime.ruleMatches('dunning')).toBe(1);
    await received();
  });
});

describe("a subscriber's code", () => {
  it('reads what its rule delivers, the event as Stripe sent it and what the test kit says besides', async () => {
    const sent = fresh('invoice.payment_failed');
    await pipeline.send(sent);
    const message = await received();

    const { fanout, ...event } = await parseStripeEvent(message, { types: ['invoice.payment_failed'] });

    expect(event).toEqual(sent);
    expect(new Set(Object.keys(fanout))).toEqual(
      new Set(Object.keys(sampleStripeEvent('invoice.payment_failed').fanout)),
    );
    expect(fanout).toMatchObject({ payload: 'snapshot', via: 'webhook', destination: 'account' });
  });

  it('gets a thin event as the test kit has it, its object fetched', async () => {
    pipeline.runtime.stripe?.emit({ type: 'customer.subscription.past_due', style: 'thin' });
    const message = await received();

    const event = await parseStripeEvent(message, { types: ['customer.subscription.past_due'] });
    const sample = sampleStripeEvent('customer.subscription.past_due');

    expect(event.data.object.status).toBe('past_due');
    expect(shapeOf(event)).toEqual(shapeOf(sample));
    expect(shapeOf(event.fanout)).toEqual(shapeOf(sample.fanout));
  });

  it('gets an event of 1.5 MB whole, from the bucket', async () => {
    const sent = fresh('invoice.payment_failed');
    const object = { ...sent.data.object, description: 'é'.repeat(750_000) };
    await pipeline.send({ ...sent, data: { ...sent.data, object } });
    const message = await received();
    const s3 = new S3Client({ ...pipeline.aws, forcePathStyle: true });

    const event = await parseStripeEvent(message, { payloads: payloadsFromS3(s3) });
    s3.destroy();

    expect(message.Body.length).toBeLessThan(20_000);
    expect(event.data.object).toEqual(object);
    expect(event.fanout).toMatchObject({ payload: 'snapshot', reference: { payload: 'snapshot' } });
  });
});

/** What stands where, and of which kind it is. */
const shapeOf = (value: object) =>
  Object.fromEntries(Object.entries(value).map(([key, member]) => [key, member === null ? 'null' : typeof member]));

const queueUrl = () => `${pipeline.runtime.awsUrl}/000000000000/dunning`;

/** Takes the one message that waits in the subscriber's queue. */
async function received(): Promise<{ readonly Body: string }> {
  await pipeline.runtime.settled();
  const sqs = new SQSClient(pipeline.aws);
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl(), MaxNumberOfMessages: 10 }),
  );
  for (const { ReceiptHandle } of Messages) {
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl(), ReceiptHandle }));
  }
  sqs.destroy();
  const [{ Body = '' } = {}, ...more] = Messages;
  expect(more).toEqual([]);
  return { Body };
}
