import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { resourcesOf } from '../synthesize.ts';
import { PIPELINE_ACCOUNT, TeamApp } from './team-app.ts';

const only = (template: Template, type: string) => {
  const [found, ...others] = Object.values(resourcesOf(template, type));
  if (found === undefined || others.length > 0) throw new Error(`One ${type} was expected.`);
  return found;
};
const RULE_ARN = /^arn:aws:events:eu-west-1:111122223333:rule\/stripe-fanout-prod\/(.+)$/;

describe('a subscription of a function', () => {
  it('is a rule on the bus with exactly the pattern that was asked for', () => {
    const team = new TeamApp();
    team.subscribe({
      events: ['invoice.payment_failed', 'customer.subscription.*'],
      where: { livemode: true, account: ['acct_1'], object: { collection_method: ['charge_automatically'] } },
    });

    const { Properties } = only(team.template(), 'AWS::Events::Rule');

    expect(Properties.EventPattern).toEqual({
      source: ['stripe'],
      'detail-type': ['invoice.payment_failed', { prefix: 'customer.subscription.' }],
      detail: {
        livemode: [true],
        account: ['acct_1'],
        data: { object: { collection_method: ['charge_automatically'] } },
      },
      'replay-name': [{ exists: false }],
    });
    expect(Properties.EventBusName).toBe(`arn:aws:events:eu-west-1:${PIPELINE_ACCOUNT}:event-bus/stripe-fanout-prod`);
  });

  it('delivers to a queue of its own, and tries for a day before the DLQ', () => {
    const team = new TeamApp();
    const { delivery } = team.subscribe();
    const arn = (queue: unknown) => team.stack.resolve(queue);

    const { Properties } = only(team.template(), 'AWS::Events::Rule');

    expect(Properties.Targets).toEqual([
      {
        Id: expect.any(String),
        Arn: arn(delivery.queue?.queueArn),
        DeadLetterConfig: { Arn: arn(delivery.deadLetterQueue.queueArn) },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    ]);
  });

  it('keeps both kinds of failure in one DLQ for 14 days, after five receives', () => {
    const team = new TeamApp();
    const { delivery } = team.subscribe();
    const template = team.template();

    template.resourceCountIs('AWS::SQS::Queue', 2);
    template.hasResourceProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 1_209_600,
      RedrivePolicy: Match.absent(),
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      RedrivePolicy: { deadLetterTargetArn: team.stack.resolve(delivery.deadLetterQueue.queueArn), maxReceiveCount: 5 },
    });
  });

  it('keeps the queues when the subscription goes, unless told otherwise', () => {
    const policies = (props: { removalPolicy?: RemovalPolicy }) => {
      const team = new TeamApp();
      team.subscribe(props);
      return Object.values(team.template().findResources('AWS::SQS::Queue')).map(
        ({ DeletionPolicy }) => DeletionPolicy,
      );
    };

    expect(policies({})).toEqual(['RetainExceptOnCreate', 'RetainExceptOnCreate']);
    expect(policies({ removalPolicy: RemovalPolicy.DESTROY })).toEqual(['Delete', 'Delete']);
  });

  it('hides an event for six timeouts of the function and the batching window', () => {
    const team = new TeamApp();
    team.subscribe({ target: team.addHandler('Slow', 30), batchingWindow: Duration.seconds(7) });

    team.template().hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 187 });
  });

  it('invokes it with ten events at most, ten at once, and lets it say which failed', () => {
    const team = new TeamApp();
    team.subscribe();

    team.template().hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 10 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumBatchingWindowInSeconds: Match.absent(),
    });
  });

  it('takes batch, window, concurrency and receives as given', () => {
    const team = new TeamApp();
    team.subscribe({ batchSize: 100, batchingWindow: Duration.seconds(2), maxConcurrency: 3, maxReceiveCount: 8 });
    const template = team.template();

    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 2,
      ScalingConfig: { MaximumConcurrency: 3 },
    });
    template.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: Match.objectLike({ maxReceiveCount: 8 }) });
  });

  it('lets the rule and nobody else send to queue and DLQ, over TLS only', () => {
    const team = new TeamApp();
    const { ruleName } = team.subscribe();
    const policies = Object.values(team.template().findResources('AWS::SQS::QueuePolicy'));

    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      const [tls, rule, ...others] = Properties.PolicyDocument.Statement;
      expect(others).toEqual([]);
      expect(tls).toMatchObject({
        Effect: 'Deny',
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
      expect(rule).toEqual({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: { 'Fn::GetAtt': [Properties.Queues[0].Ref, 'Arn'] },
        Condition: {
          ArnEquals: { 'aws:SourceArn': expect.stringMatching(RULE_ARN) },
          StringEquals: { 'aws:SourceAccount': PIPELINE_ACCOUNT },
        },
      });
      expect(RULE_ARN.exec(rule.Condition.ArnEquals['aws:SourceArn'])?.[1]).toBe(ruleName);
    }
  });

  it('lets the function drain its queue and read the events that the bus only refers to, and nothing else', () => {
    const team = new TeamApp();
    const { delivery } = team.subscribe();

    const { Properties } = only(team.template(), 'AWS::IAM::Policy');

    expect(Properties.PolicyDocument.Statement).toEqual([
      {
        Sid: 'DrainSubscription',
        Effect: 'Allow',
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
        Resource: team.stack.resolve(delivery.queue?.queueArn),
      },
      {
        Sid: 'ReadLargeStripeEvents',
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::stripe-fanout-prod-payloads-${PIPELINE_ACCOUNT}-eu-west-1/events/*`,
      },
    ]);
    expect(Properties.Roles).toEqual([team.stack.resolve(team.handler.role?.roleName)]);
  });

  it('makes the rule after the policies of its queues, before which every event would be lost', () => {
    const team = new TeamApp();
    team.subscribe();
    const template = team.template();
    const policies = Object.keys(template.findResources('AWS::SQS::QueuePolicy'));

    expect(only(template, 'AWS::Events::Rule').DependsOn).toEqual(expect.arrayContaining(policies));
  });

  it('bears the tag of its owner on rule, queues and alarms: the stack, or the team that is named', () => {
    for (const [props, owner] of [
      [{}, 'Dunning'],
      [{ owner: 'billing-team' }, 'billing-team'],
    ] as const) {
      const team = new TeamApp();
      team.subscribe(props);
      const template = team.template();

      for (const type of ['AWS::Events::Rule', 'AWS::SQS::Queue', 'AWS::CloudWatch::Alarm'])
        template.allResourcesProperties(type, { Tags: [{ Key: 'owner', Value: owner }] });
    }
  });
});

describe('the alarms of a subscription', () => {
  const alarms = (props: Parameters<TeamApp['subscribe']>[0] = {}) => {
    const team = new TeamApp();
    team.subscribe(props);
    return Object.values(team.template().findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  };

  it('are about dead letters, standstill and loss, and each names its runbook and the owner', () => {
    const descriptions = alarms({ owner: 'billing-team' }).map(({ AlarmDescription }) => AlarmDescription);

    expect(descriptions.map((text) => /Runbook: (\S+)$/.exec(text)?.[1])).toEqual([
      'docs/runbooks/subscription-dead-letters.md',
      'docs/runbooks/subscription-late.md',
      'docs/runbooks/subscription-loses-events.md',
    ]);
    for (const text of descriptions) expect(text).toContain('Owner: billing-team.');
  });

  it('link to where the runbooks are read', () => {
    const [first] = alarms({ runbooks: 'https://wiki.example.com/runbooks/' });

    expect(first.AlarmDescription).toContain('https://wiki.example.com/runbooks/subscription-dead-letters.md');
  });

  it('call an event late when three visibility timeouts and five minutes are over', () => {
    const late = alarms().find(({ MetricName }) => MetricName === 'ApproximateAgeOfOldestMessage');

    expect(late).toMatchObject({ Threshold: 3 * 6 * 20 + 300, TreatMissingData: 'notBreaching' });
    expect(alarms({ lateAfter: Duration.minutes(2) })[1]).toMatchObject({ Threshold: 120 });
  });

  it('tell the topic when they go on and off', () => {
    const team = new TeamApp();
    const topic = new Topic(team.stack, 'Topic');
    team.subscribe({ alarmTopic: topic });
    const told = [team.stack.resolve(topic.topicArn)];

    team.template().allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: told, OKActions: told });
  });
});
