import { describe, expect, it } from 'vitest';
import { type Resource, resourcesOf, synthesize } from '../synthesize.ts';

const { operations } = synthesize({
  alarms: {
    page: { urls: ['https://events.example.com/integration'], emails: ['oncall@example.com'] },
    ticket: {
      emails: ['payments@example.com'],
      slack: [{ workspace: 'T0123ABCD', channel: 'C0123ABCD' }],
    },
  },
});
const listed = (type: string): Resource[] => Object.values(resourcesOf(operations, type));
const topics = resourcesOf(operations, 'AWS::SNS::Topic');
const idOf = (name: string) =>
  Object.keys(topics).find((id) => topics[id]?.Properties.TopicName === `stripe-fanout-dev-${name}`);

interface Statement {
  readonly Sid?: string;
  readonly Principal: { readonly Service?: string };
  readonly Action: unknown;
  readonly Condition: unknown;
}

describe('notifications', () => {
  it('are encrypted with a key that CloudWatch may use, else no alarm would be heard', () => {
    const [key] = listed('AWS::KMS::Key');
    const statement = key?.Properties.KeyPolicy.Statement.find(({ Sid }: Statement) => Sid === 'AllowAlarms');

    for (const topic of listed('AWS::SNS::Topic')) expect(topic.Properties.KmsMasterKeyId).toBeDefined();
    expect(statement).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
    expect(key?.Properties.EnableKeyRotation).toBe(true);
  });

  it('come from this account’s alarms of this stage, over TLS', () => {
    const policies = listed('AWS::SNS::TopicPolicy');

    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      const statements: Statement[] = Properties.PolicyDocument.Statement;
      const alarms = statements.find(({ Sid }) => Sid === 'AllowAlarms');

      expect(alarms).toMatchObject({ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish' });
      expect(JSON.stringify(alarms?.Condition)).toContain(':alarm:stripe-fanout-dev-*');
      expect(JSON.stringify(statements)).toContain('"aws:SecureTransport":"false"');
    }
  });

  it('reach whom the configuration names', () => {
    const subscriptions = listed('AWS::SNS::Subscription').map(({ Properties }) => [
      Properties.TopicArn.Ref,
      Properties.Protocol,
      Properties.Endpoint,
    ]);

    expect(subscriptions).toEqual(
      expect.arrayContaining([
        [idOf('page'), 'https', 'https://events.example.com/integration'],
        [idOf('page'), 'email', 'oncall@example.com'],
        [idOf('ticket'), 'email', 'payments@example.com'],
      ]),
    );
    expect(subscriptions).toHaveLength(3);
    operations.hasResourceProperties('AWS::Chatbot::SlackChannelConfiguration', {
      SlackWorkspaceId: 'T0123ABCD',
      SlackChannelId: 'C0123ABCD',
      SnsTopicArns: [{ Ref: idOf('ticket') }],
      GuardrailPolicies: [
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/CloudWatchReadOnlyAccess']] },
      ],
    });
  });

  it('tell each alarm once to those with time, and ring through the overall alarm only', () => {
    for (const { Properties } of listed('AWS::CloudWatch::Alarm')) {
      expect(Properties.AlarmActions).toEqual([{ Ref: idOf('ticket') }]);
      expect(Properties.OKActions).toEqual([{ Ref: idOf('ticket') }]);
    }
    const composites = listed('AWS::CloudWatch::CompositeAlarm').map(({ Properties }) => [
      Properties.AlarmName,
      Properties.AlarmActions,
    ]);
    expect(composites).toEqual([
      ['stripe-fanout-dev-needs-a-person-now', [{ Ref: idOf('page') }]],
      ['stripe-fanout-dev-needs-a-person-today', undefined],
    ]);
  });
});
