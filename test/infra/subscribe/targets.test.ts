import { Duration, SecretValue } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import {
  ApiDestination,
  Authorization,
  Connection,
  EventBus,
  EventField,
  type IApiDestination,
  type IEventBus,
  RuleTargetInput,
} from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { describe, expect, it } from 'vitest';
import type { StripeEventSubscriptionProps } from '#infra/subscribe/subscription-props.ts';
import { resourcesOf } from '../synthesize.ts';
import { cdk, TeamApp } from './team-app.ts';

/** The rule of the only subscription, and the whole template. */
function subscribed(props: (team: TeamApp) => Partial<StripeEventSubscriptionProps>) {
  const team = new TeamApp();
  const subscription = team.subscribe(props(team));
  const template = team.template();
  const [rule] = Object.values(resourcesOf(template, 'AWS::Events::Rule'));
  return { team, subscription, template, rule: rule?.Properties };
}

/** What EventBridge may do as the role of the rule's target, and who may take the role. */
function roleOf({ template, rule }: Pick<ReturnType<typeof subscribed>, 'template' | 'rule'>) {
  const [roleId] = rule.Targets[0].RoleArn['Fn::GetAtt'];
  const policies = Object.values(resourcesOf(template, 'AWS::IAM::Policy')).filter(({ Properties }) =>
    Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === roleId),
  );
  return {
    trust: resourcesOf(template, 'AWS::IAM::Role')[roleId]?.Properties.AssumeRolePolicyDocument.Statement,
    statements: policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement),
  };
}

const TRUST = [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' }];

describe('a queue as the target', () => {
  it('lets the rule in, and shares its DLQ with it', () => {
    const { subscription, template, rule, team } = subscribed(({ stack }) => {
      const deadLetters = new Queue(stack, 'DeadLetters');
      return { target: new Queue(stack, 'Queue', { deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 } }) };
    });

    expect(rule.Targets[0].DeadLetterConfig.Arn).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^DeadLetters/), 'Arn'],
    });
    template.resourceCountIs('AWS::SQS::Queue', 2);
    for (const queue of [subscription.delivery.queue, subscription.delivery.deadLetterQueue]) {
      template.hasResourceProperties('AWS::SQS::QueuePolicy', {
        PolicyDocument: Match.objectLike({
          Statement: [
            Match.objectLike({
              Action: 'sqs:SendMessage',
              Resource: team.stack.resolve(queue?.queueArn),
              Effect: 'Allow',
            }),
          ],
        }),
      });
    }
  });

  it('gets a DLQ for what the rule cannot deliver, where it has none that a rule can use', () => {
    const { template, subscription, team } = subscribed(({ stack }) => {
      const queue = new Queue(stack, 'Fifo', {
        fifo: true,
        deadLetterQueue: { queue: new Queue(stack, 'Dlq', { fifo: true }), maxReceiveCount: 3 },
      });
      return { target: queue };
    });

    template.resourceCountIs('AWS::SQS::Queue', 3);
    expect(subscription.delivery.deadLetterQueue.fifo).toBe(false);
    expect(team.said('Warning')).toEqual([]);
  });

  it('that is a FIFO queue gets one event of a Stripe object at a time', () => {
    const { rule } = subscribed(({ stack }) => ({ target: new Queue(stack, 'Fifo', { fifo: true }) }));

    expect(rule.Targets[0].SqsParameters).toEqual({ MessageGroupId: '$.detail.data.object.id' });
  });

  it('has one statement for all of its subscriptions, for a policy may hold ten conditions', () => {
    const team = new TeamApp();
    const target = new Queue(team.stack, 'Queue');
    for (const name of ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']) team.subscribe({ target, name }, name);

    team.template().hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [team.stack.resolve(target.queueUrl)],
      PolicyDocument: Match.objectLike({
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: team.stack.resolve(target.queueArn),
            Condition: {
              ArnLike: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:111122223333:rule/stripe-fanout-prod/*' },
              StringEquals: { 'aws:SourceAccount': '111122223333' },
            },
          },
        ],
      }),
    });
  });

  it('that is encrypted with a key lets EventBridge use the key', () => {
    const { template } = subscribed(({ stack }) => ({
      target: new Queue(stack, 'Queue', {
        encryption: QueueEncryption.KMS,
        encryptionMasterKey: new Key(stack, 'Key'),
      }),
    }));

    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'events.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
          }),
        ]),
      }),
    });
  });
});

describe('fifo', () => {
  it('makes a FIFO queue with a FIFO DLQ of its own, beside the standard one of the rule', () => {
    const { template, rule, subscription, team } = subscribed(() => ({ fifo: true }));
    const [given, standard] = subscription.delivery.deadLetterQueues
      .toReversed()
      .map(({ queueArn }) => team.stack.resolve(queueArn));

    template.hasResourceProperties('AWS::SQS::Queue', {
      FifoQueue: true,
      ContentBasedDeduplication: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      RedrivePolicy: { deadLetterTargetArn: given, maxReceiveCount: 5 },
    });
    expect(rule.Targets[0].DeadLetterConfig.Arn).toEqual(standard);
    expect(rule.Targets[0].SqsParameters).toEqual({ MessageGroupId: '$.detail.data.object.id' });
  });

  it('has an alarm for each of its two DLQs', () => {
    const { template } = subscribed(() => ({ fifo: true, name: 'dunning' }));
    const names = Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties.AlarmName,
    );

    expect(names).toEqual([
      'dunning-has-dead-letters',
      'dunning-has-dead-letters-fifo',
      'dunning-is-late',
      'dunning-loses-events',
    ]);
  });
});

describe('a state machine as the target', () => {
  it('is started by EventBridge, which may do nothing else', () => {
    const found = subscribed(({ stack }) => ({
      target: new StateMachine(stack, 'Machine', {
        definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
      }),
    }));

    expect(roleOf(found)).toEqual({
      trust: TRUST,
      statements: [
        {
          Sid: 'DeliverToTarget',
          Effect: 'Allow',
          Action: 'states:StartExecution',
          Resource: found.rule.Targets[0].Arn,
        },
      ],
    });
    expect(found.rule.Targets[0].DeadLetterConfig).toBeDefined();
  });
});

describe('a bus as the target', () => {
  it('is filled by EventBridge, which may do nothing else', () => {
    const found = subscribed(({ stack }) => ({ target: cdk<IEventBus>(new EventBus(stack, 'Bus')) }));

    expect(roleOf(found)).toEqual({
      trust: TRUST,
      statements: [
        { Sid: 'DeliverToTarget', Effect: 'Allow', Action: 'events:PutEvents', Resource: found.rule.Targets[0].Arn },
      ],
    });
  });
});

describe('an HTTPS endpoint as the target', () => {
  it('is called by EventBridge, which may do nothing else', () => {
    const found = subscribed(({ stack }) => {
      const authorization = Authorization.apiKey('x-api-key', SecretValue.secretsManager('key'));
      const connection = new Connection(stack, 'Connection', { authorization });
      const endpoint = new ApiDestination(stack, 'Endpoint', { connection, endpoint: 'https://example.com/stripe' });
      return { target: cdk<IApiDestination>(endpoint) };
    });

    expect(roleOf(found)).toEqual({
      trust: TRUST,
      statements: [
        {
          Sid: 'DeliverToTarget',
          Effect: 'Allow',
          Action: 'events:InvokeApiDestination',
          Resource: found.rule.Targets[0].Arn,
        },
      ],
    });
  });
});

describe('transform', () => {
  it('is what the target gets instead of the event', () => {
    const { rule } = subscribed(() => ({
      transform: RuleTargetInput.fromObject({ invoice: EventField.fromPath('$.detail.data.object.id') }),
    }));

    expect(rule.Targets[0].InputTransformer).toEqual({
      InputPathsMap: { 'detail-data-object-id': '$.detail.data.object.id' },
      InputTemplate: '{"invoice":<detail-data-object-id>}',
    });
  });

  it('is nothing by default: the target gets the event', () => {
    const { rule } = subscribed(() => ({}));

    expect(rule.Targets[0]).not.toHaveProperty('InputTransformer');
  });
});

describe('a replay', () => {
  it.each([
    [{}, [{ exists: false }]],
    [{ replay: 'ignore' }, [{ exists: false }]],
    [{ replay: 'only' }, [{ exists: true }]],
    [{ replay: 'both' }, undefined],
    [{ startFrom: new Date(0) }, undefined],
  ] as const)('reaches a subscription with %j as its pattern says: %j', (props, matchers) => {
    const { rule } = subscribed(() => props);

    expect(rule.EventPattern['replay-name']).toEqual(matchers);
  });

  it('for a late joiner is a command that goes to its rule alone', () => {
    const { team, template } = subscribed(() => ({ name: 'dunning', startFrom: new Date('2026-11-24T03:00:00Z') }));
    const bus = 'arn:aws:events:eu-west-1:111122223333';

    expect(team.said('Info').join('\n')).toContain(
      'npm run fanout -- replay --stage prod --from 2026-11-24T03:00:00.000Z --rule dunning --yes',
    );
    const [output] = Object.values(template.findOutputs('*'));
    expect(output?.Value).toBe(
      `aws events start-replay --replay-name dunning-20261124T030000 --event-source-arn ${bus}:archive/stripe-fanout-prod ` +
        '--event-start-time 2026-11-24T03:00:00.000Z --event-end-time "$(date -u +%Y-%m-%dT%H:%M:%SZ)" ' +
        `--destination '{"Arn":"${bus}:event-bus/stripe-fanout-prod","FilterArns":["${bus}:rule/stripe-fanout-prod/dunning"]}' ` +
        '--region eu-west-1',
    );
  });

  it('is not mentioned to those who start from now', () => {
    const { team, template } = subscribed(() => ({}));

    expect(team.said('Info')).toEqual([]);
    expect(template.findOutputs('*')).toEqual({});
  });
});

describe('a function of another stack', () => {
  it('can be subscribed, for the permissions are with the subscription', () => {
    const team = new TeamApp();
    team.subscribe({ handlerTimeout: Duration.seconds(20) });

    expect(Object.keys(team.template().findResources('AWS::IAM::Policy'))).toEqual([
      expect.stringContaining('FailedPayments'),
    ]);
  });
});
