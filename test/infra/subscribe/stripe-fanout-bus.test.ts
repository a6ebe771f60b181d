import { App, Aws, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { StripeFanoutBus } from '#infra/subscribe/stripe-fanout-bus.ts';
import { BUS_ARN } from './team-app.ts';

const stack = (env?: { account?: string; region?: string }) => new Stack(new App(), 'Team', env && { env });

describe('the bus of a stage', () => {
  it('is in the account and Region of the stack', () => {
    const bus = StripeFanoutBus.fromStage(stack({ account: '111122223333', region: 'eu-west-1' }), 'prod');

    expect(bus).toMatchObject({
      stage: 'prod',
      account: '111122223333',
      region: 'eu-west-1',
      busName: 'stripe-fanout-prod',
    });
  });

  it('is found in a stack that is made for any account', () => {
    const anywhere = stack();

    expect(anywhere.resolve(StripeFanoutBus.fromStage(anywhere, 'prod').account)).toEqual({ Ref: 'AWS::AccountId' });
  });

  it.each(['', 'Prod', 'a-stage-that-is-too-long', 'stripe-fanout-prod'])('%j is no stage', (stage) => {
    expect(() => StripeFanoutBus.fromStage(stack(), stage)).toThrow(/is no stage: write the name that stands in/);
  });
});

describe('who drains a queue that was subscribed', () => {
  it('can be let read the events that are too large for the bus, and nothing else', () => {
    const team = stack({ account: '444455556666', region: 'eu-west-1' });
    const role = new Role(team, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

    StripeFanoutBus.fromArn(team, BUS_ARN).grantReadPayloads(role);

    Template.fromStack(team).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::stripe-fanout-prod-payloads-111122223333-eu-west-1/events/*',
          },
        ],
      }),
    });
  });
});

describe('the bus of an ARN', () => {
  it('tells the stage, the archive and the bucket', () => {
    const bus = StripeFanoutBus.fromArn(stack({ region: 'eu-west-1' }), BUS_ARN);

    expect(bus).toMatchObject({
      stage: 'prod',
      busArn: BUS_ARN,
      archiveArn: 'arn:aws:events:eu-west-1:111122223333:archive/stripe-fanout-prod',
      payloadBucketArn: 'arn:aws:s3:::stripe-fanout-prod-payloads-111122223333-eu-west-1',
      inlineLimitBytes: 240_000,
    });
  });

  it.each([
    'stripe-fanout-prod',
    'arn:aws:events:eu-west-1:111122223333:event-bus/default',
    'arn:aws:events:eu-west-1:111122223333:event-bus/stripe-fanout-',
    'arn:aws:sqs:eu-west-1:111122223333:stripe-fanout-prod',
  ])('%s is none of a pipeline', (arn) => {
    expect(() => StripeFanoutBus.fromArn(stack(), arn)).toThrow(
      /is not the ARN of a bus of stripe-fanout: write the output BusArn/,
    );
  });

  it('must be text, for a reference does not tell the account', () => {
    expect(() => StripeFanoutBus.fromArn(stack(), `arn:aws:events:eu-west-1:${Aws.ACCOUNT_ID}:event-bus/x`)).toThrow(
      /a reference is not the ARN of a bus/,
    );
  });

  it('must be of the Region of the stack', () => {
    expect(() => StripeFanoutBus.fromArn(stack({ region: 'us-east-1' }), BUS_ARN)).toThrow(
      /the bus is in eu-west-1 and this stack in us-east-1/,
    );
  });
});
