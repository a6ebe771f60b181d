import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { StageConfig } from '#infra/configuration/stage-config.ts';
import type { SubscriberConfig } from '#infra/configuration/subscriber-config.ts';
import { validateConfig } from '#infra/configuration/validate-config.ts';
import { namesInDirectPolicies, TEAM_ACCOUNT } from './subscribe/team-app.ts';
import { resourcesOf, resourceWhere, synthesize } from './synthesize.ts';

const ORGANIZATION = 'o-a1b2c3d4e5';
const DUNNING: SubscriberConfig = {
  name: 'dunning',
  account: TEAM_ACCOUNT,
  owner: 'billing-team',
  events: ['invoice.payment_failed', 'customer.subscription.*'],
};

const shared = synthesize({ organization: ORGANIZATION, subscribers: [DUNNING] });
const plain = synthesize();

const statementsNamed = (template: Template, sid: string) =>
  Object.values(resourcesOf(template, 'AWS::S3::BucketPolicy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Sid }) => Sid === sid);

describe('an organization that may subscribe', () => {
  const own = {
    StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as IAM reads it
    StringEqualsIfExists: { 'events:creatorAccount': '${aws:PrincipalAccount}' },
  };
  const busStatement = (id: string) =>
    resourceWhere(shared.pipeline, 'AWS::Events::EventBusPolicy', 'StatementId', id).Properties.Statement;
  const ruleArns = { 'Fn::Join': ['', expect.arrayContaining([expect.stringMatching(/:rule\/$/), '/*'])] };

  it('makes rules on the bus, each account for itself and for resolved events only', () => {
    expect(busStatement('OrganizationMakesRules')).toEqual({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'events:PutRule',
      Resource: ruleArns,
      Condition: {
        ...own,
        'ForAllValues:StringEquals': { 'events:source': ['stripe'] },
        // A rule whose pattern names no source would get everything.
        Null: { 'events:source': 'false' },
      },
    });
  });

  it('changes and removes rules, each account its own', () => {
    expect(busStatement('OrganizationKeepsRules')).toEqual({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [
        'events:DeleteRule',
        'events:DescribeRule',
        'events:EnableRule',
        'events:DisableRule',
        'events:PutTargets',
        'events:RemoveTargets',
        'events:ListTargetsByRule',
      ],
      Resource: ruleArns,
      Condition: own,
    });
  });

  it('may do nothing else on the bus', () => {
    const ids = Object.values(resourcesOf(shared.pipeline, 'AWS::Events::EventBusPolicy')).map(
      ({ Properties }) => Properties.StatementId,
    );

    expect(ids.toSorted()).toEqual([
      'OnlyPublishersSendStripeEvents',
      'OrganizationKeepsRules',
      'OrganizationMakesRules',
    ]);
  });

  it('reads the events that are too large for the bus, and nothing else of the bucket', () => {
    expect(statementsNamed(shared.data, 'OrganizationReadsEvents')).toEqual([
      {
        Sid: 'OrganizationReadsEvents',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 's3:GetObject',
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringContaining('Payloads'), 'Arn'] }, '/events/*']] },
        Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } },
      },
    ]);
    shared.data.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
  });

  it('is none by default: nobody outside this account is let in', () => {
    expect(statementsNamed(plain.data, 'OrganizationReadsEvents')).toEqual([]);
    const ids = Object.values(resourcesOf(plain.pipeline, 'AWS::Events::EventBusPolicy')).map(
      ({ Properties }) => Properties.StatementId,
    );
    expect(ids).toEqual(['OnlyPublishersSendStripeEvents']);
  });
});

describe('a direct subscriber', () => {
  const rule = () =>
    resourceWhere(shared.pipeline, 'AWS::Events::Rule', 'Name', 'stripe-fanout-dev-to-dunning').Properties;
  const theirs = (name: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sqs:', { Ref: 'AWS::Region' }, `:${TEAM_ACCOUNT}:${name}`]],
  });

  it('has a rule here with its pattern, and its owner’s tag', () => {
    expect(rule()).toMatchObject({
      EventPattern: {
        source: ['stripe'],
        'detail-type': ['invoice.payment_failed', { prefix: 'customer.subscription.' }],
        'replay-name': [{ exists: false }],
      },
      State: 'ENABLED',
      Tags: expect.arrayContaining([{ Key: 'owner', Value: 'billing-team' }]),
    });
  });

  it('gets events into its queue and what fails into its DLQ, both in its own account', () => {
    expect(rule().Targets).toEqual([
      {
        Id: 'Queue',
        Arn: theirs('stripe-fanout-dev-to-dunning'),
        RoleArn: { 'Fn::GetAtt': [expect.stringContaining('Subscribersdunning'), 'Arn'] },
        DeadLetterConfig: { Arn: theirs('stripe-fanout-dev-to-dunning-dlq') },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    ]);
  });

  it('is reached with a role that EventBridge takes, to send to that one queue and for nothing else', () => {
    const [roleId, role] =
      Object.entries(resourcesOf(shared.pipeline, 'AWS::IAM::Role')).find(([id]) =>
        id.includes('Subscribersdunning'),
      ) ?? [];

    expect(role?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
    expect(role?.Properties).not.toHaveProperty('ManagedPolicyArns');
    const statements = Object.values(resourcesOf(shared.pipeline, 'AWS::IAM::Policy'))
      .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === roleId))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements).toEqual([
      {
        Sid: 'FillSubscribersQueue',
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: theirs('stripe-fanout-dev-to-dunning'),
      },
    ]);
  });

  it('finds in its own account’s policy the names of role and rule that are used here', () => {
    const { roleName, ruleName, queueName } = namesInDirectPolicies('dev', 'dunning', 'us-east-1');
    const role = Object.values(resourcesOf(shared.pipeline, 'AWS::IAM::Role')).find(
      ({ Properties }) => Properties.RoleName !== undefined,
    );

    expect(JSON.stringify(role?.Properties.RoleName)).toContain(roleName.replace('us-east-1', ''));
    expect(rule().Name).toBe(ruleName);
    expect(JSON.stringify(rule().Targets[0].Arn)).toContain(`:${queueName}"`);
  });

  it('with a FIFO queue gets events of one Stripe object in one group', () => {
    const { pipeline } = synthesize({ organization: ORGANIZATION, subscribers: [{ ...DUNNING, fifo: true }] });

    pipeline.hasResourceProperties('AWS::Events::Rule', {
      Name: 'stripe-fanout-dev-to-dunning',
      Targets: [
        Match.objectLike({
          Arn: theirs('stripe-fanout-dev-to-dunning.fifo'),
          DeadLetterConfig: { Arn: theirs('stripe-fanout-dev-to-dunning-dlq') },
          SqsParameters: { MessageGroupId: '$.detail.data.object.id' },
        }),
      ],
    });
  });
});

describe('the configuration of subscribers', () => {
  const problems = (config: StageConfig): string => {
    try {
      validateConfig('prod', config);
      return '';
    } catch (refused) {
      return refused instanceof Error ? refused.message : String(refused);
    }
  };
  const row = (changes: object) => ({ organization: ORGANIZATION, subscribers: [{ ...DUNNING, ...changes }] });

  it('that is right has nothing wrong', () => {
    expect(problems(row({ where: { livemode: true }, replay: 'both' }))).toBe('');
  });

  it.each<[string, StageConfig]>([
    ['prod.organization is "acme": write an organization\'s id', { organization: 'acme' } as StageConfig],
    ['prod.subscribers are accounts of your organization', { subscribers: [DUNNING] }],
    ['prod.subscribers has two named "dunning"', { organization: ORGANIZATION, subscribers: [DUNNING, DUNNING] }],
    ['prod.subscribers[0].name is "Dunning!"', row({ name: 'Dunning!' })],
    ['prod.subscribers[0].account is 42', row({ account: 42 })],
    ['prod.subscribers[0].owner is missing', row({ owner: undefined })],
    ['prod.subscribers[0].event is not an option: did you mean "events"?', row({ event: [] })],
    [
      'prod.subscribers[0].events[0] is "invoice.payd": there is no such event type. Did you mean "invoice.paid"',
      row({ events: ['invoice.payd'] }),
    ],
    ['prod.subscribers[0].events asks for issuing_authorization.request', row({ events: ['issuing_authorization.*'] })],
    ['prod.subscribers[0].where.account[0] is "x"', row({ where: { account: ['x'] } })],
    ['prod.subscribers[0].where.livemode is "yes"', row({ where: { livemode: 'yes' } })],
    ['prod.subscribers[0].where.object.amount[0]', row({ where: { object: { amount: [{ bigger: 1 }] } } })],
    [
      'prod.subscribers[0].fifo keeps the events of one Stripe object',
      row({ events: ['balance.available'], fifo: true }),
    ],
  ])('says %s', (message, config) => {
    expect(problems(config)).toContain(message);
  });
});
