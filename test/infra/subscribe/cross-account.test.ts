import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { StripeEventSubscriptionProps } from '#infra/subscribe/subscription-props.ts';
import { type Resource, resourcesOf } from '../synthesize.ts';
import { BUS_ARN, PIPELINE_ACCOUNT, TEAM_ACCOUNT, TeamApp } from './team-app.ts';

const RULE_ARN = (bus: string, rule: string, account: string) =>
  `arn:aws:events:eu-west-1:${account}:rule/${bus}/${rule}`;

function subscribed(props: Partial<StripeEventSubscriptionProps>) {
  const team = new TeamApp({ account: TEAM_ACCOUNT });
  const subscription = team.subscribe({ name: 'dunning', owner: 'billing-team', ...props });
  return { team, subscription, template: team.template(), resolve: (value: unknown) => team.stack.resolve(value) };
}

/** What a queue's policy allows, without the statement about TLS. */
function allowed(template: Template, queueUrl: unknown): Resource['Properties'][] {
  const policies = Object.values(resourcesOf(template, 'AWS::SQS::QueuePolicy')).filter(
    ({ Properties }) => JSON.stringify(Properties.Queues) === JSON.stringify([queueUrl]),
  );
  return policies
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Effect }) => Effect === 'Allow');
}

const SEND = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage' };

describe('a subscription over a bus of its own', () => {
  it('makes a rule on the bus of the other account, with the pattern, to the own bus', () => {
    const { template, resolve, subscription } = subscribed({ where: { livemode: true } });
    const [bus] = Object.keys(template.findResources('AWS::Events::EventBus'));
    const rules = Object.values(resourcesOf(template, 'AWS::Events::Rule'));
    const forward = rules.find(({ Properties }) => Properties.EventBusName === BUS_ARN);

    expect(rules).toHaveLength(2);
    expect(forward?.Properties).toMatchObject({ Name: 'dunning', EventPattern: subscription.pattern });
    expect(forward?.Properties.Targets).toEqual([
      {
        Id: expect.any(String),
        Arn: { 'Fn::GetAtt': [bus, 'Arn'] },
        RoleArn: { 'Fn::GetAtt': [expect.stringContaining('ForwardingRole'), 'Arn'] },
        DeadLetterConfig: { Arn: resolve(subscription.delivery.deadLetterQueue.queueArn) },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    ]);
    expect(forward?.Properties).not.toHaveProperty('Tags');
  });

  it('takes from the own bus only what came from the pipeline’s account', () => {
    const { template, resolve, subscription } = subscribed({});

    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] },
      EventPattern: { source: ['stripe'], account: [PIPELINE_ACCOUNT] },
      Targets: [Match.objectLike({ Arn: resolve(subscription.delivery.queue?.queueArn) })],
    });
  });

  it('has one role, which EventBridge takes to fill the own bus and for nothing else', () => {
    const { template } = subscribed({});
    const [bus] = Object.keys(template.findResources('AWS::Events::EventBus'));
    const [roleId, role] =
      Object.entries(resourcesOf(template, 'AWS::IAM::Role')).find(([id]) => id.includes('Forwarding')) ?? [];

    expect(role?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
    expect(role?.Properties).not.toHaveProperty('ManagedPolicyArns');
    const statements = Object.values(resourcesOf(template, 'AWS::IAM::Policy'))
      .filter(({ Properties }) => Properties.Roles[0].Ref === roleId)
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements).toEqual([
      { Sid: 'FillOwnBus', Effect: 'Allow', Action: 'events:PutEvents', Resource: { 'Fn::GetAtt': [bus, 'Arn'] } },
    ]);
  });

  it('lets its own rule into the queue, and both rules into the DLQ', () => {
    const { template, resolve, subscription } = subscribed({});
    const { queue, deadLetterQueue } = subscription.delivery;
    const own = {
      ...SEND,
      Condition: {
        ArnEquals: { 'aws:SourceArn': RULE_ARN('stripe-fanout-prod-dunning', 'dunning', TEAM_ACCOUNT) },
        StringEquals: { 'aws:SourceAccount': TEAM_ACCOUNT },
      },
    };
    const forward = {
      ...SEND,
      Condition: { ArnEquals: { 'aws:SourceArn': RULE_ARN('stripe-fanout-prod', 'dunning', PIPELINE_ACCOUNT) } },
    };

    expect(allowed(template, resolve(queue?.queueUrl))).toEqual([{ ...own, Resource: resolve(queue?.queueArn) }]);
    expect(allowed(template, resolve(deadLetterQueue.queueUrl))).toEqual(
      [forward, own].map((statement) => ({ ...statement, Resource: resolve(deadLetterQueue.queueArn) })),
    );
  });

  it('forwards nothing before there is somebody to take it', () => {
    const { template } = subscribed({});
    const rules = Object.entries(resourcesOf(template, 'AWS::Events::Rule'));
    const [ownId] = rules.find(([, { Properties }]) => Properties.EventBusName !== BUS_ARN) ?? [];
    const [, forward] = rules.find(([, { Properties }]) => Properties.EventBusName === BUS_ARN) ?? [];

    const needed = [ownId, ...Object.keys(template.findResources('AWS::SQS::QueuePolicy'))];
    expect(forward?.DependsOn).toEqual(expect.arrayContaining(needed));
    expect(forward?.DependsOn).toContainEqual(expect.stringContaining('ForwardingRoleDefaultPolicy'));
  });

  it('lets its function read the pipeline’s large events', () => {
    const { template } = subscribed({});

    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          {
            Sid: 'ReadLargeStripeEvents',
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: `arn:aws:s3:::stripe-fanout-prod-payloads-${PIPELINE_ACCOUNT}-eu-west-1/events/*`,
          },
        ]),
      }),
    });
  });
});

describe('a direct subscription', () => {
  const direct = (props: Partial<StripeEventSubscriptionProps> = {}) => subscribed({ via: 'direct', ...props });

  it('makes no rule and no bus: those are for the other account', () => {
    const { template, subscription } = direct();

    template.resourceCountIs('AWS::Events::Rule', 0);
    template.resourceCountIs('AWS::Events::EventBus', 0);
    expect(subscription).toMatchObject({ rule: undefined, ruleName: 'stripe-fanout-prod-to-dunning' });
  });

  it('has queues of names that the other account can tell', () => {
    const names = (template: Template) =>
      Object.values(resourcesOf(template, 'AWS::SQS::Queue')).map(({ Properties }) => Properties.QueueName);

    expect(names(direct().template).toSorted()).toEqual([
      'stripe-fanout-prod-to-dunning',
      'stripe-fanout-prod-to-dunning-dlq',
    ]);
    expect(names(direct({ fifo: true }).template).toSorted()).toEqual([
      'stripe-fanout-prod-to-dunning-dlq',
      'stripe-fanout-prod-to-dunning-dlq.fifo',
      'stripe-fanout-prod-to-dunning.fifo',
    ]);
  });

  it('lets the rule’s role and nobody else of the other account into the queue, and the rule into the DLQ', () => {
    const { template, resolve, subscription } = direct();
    const { queue, deadLetterQueue } = subscription.delivery;

    expect(allowed(template, resolve(queue?.queueUrl))).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${PIPELINE_ACCOUNT}:root` },
        Action: 'sqs:SendMessage',
        Resource: resolve(queue?.queueArn),
        Condition: {
          ArnEquals: {
            'aws:PrincipalArn': `arn:aws:iam::${PIPELINE_ACCOUNT}:role/stripe-fanout-prod-to-dunning-eu-west-1`,
          },
        },
      },
    ]);
    expect(allowed(template, resolve(deadLetterQueue.queueUrl))).toEqual([
      {
        ...SEND,
        Resource: resolve(deadLetterQueue.queueArn),
        Condition: {
          ArnEquals: {
            'aws:SourceArn': RULE_ARN('stripe-fanout-prod', 'stripe-fanout-prod-to-dunning', PIPELINE_ACCOUNT),
          },
        },
      },
    ]);
  });

  it('says what the owners of the pipeline have to add to their configuration', () => {
    const { team } = direct({
      where: { livemode: true },
      events: ['invoice.payment_failed', 'customer.subscription.*'],
    });

    expect(team.said('Info')).toEqual([
      "For the owners of the pipeline, to add to subscribers in infra/config.ts: { name: 'dunning', " +
        `account: '${TEAM_ACCOUNT}', owner: 'billing-team', events: ['invoice.payment_failed', 'customer.subscription.*'], ` +
        'where: { livemode: true } },',
    ]);
  });
});
