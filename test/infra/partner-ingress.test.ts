import { describe, expect, it } from 'vitest';
import { type Resource, resourcesOf, resourceWhere, synthesize } from './synthesize.ts';

const LIVE = 'aws.partner/stripe.com/ed_61Rk';
const TEST = 'aws.partner/stripe.com/ed_test_61Rk';
const { data, pipeline } = synthesize({ partnerEventSources: [{ source: LIVE, name: 'bridge' }, TEST] });
const ingress = resourceWhere(pipeline, 'AWS::Lambda::Function', 'FunctionName', 'stripe-fanout-dev-partner-ingress');
const role = ingress.Properties.Role['Fn::GetAtt'][0];
const rules: Resource[] = Object.values(resourcesOf(pipeline, 'AWS::Events::Rule')).filter(
  ({ Properties }) => Properties.Name === 'stripe-fanout-dev-Partner',
);
const statements = Object.values(resourcesOf(pipeline, 'AWS::IAM::Policy'))
  .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

describe('the partner ingress', () => {
  it('is not there unless it is configured', () => {
    const { pipeline: plain } = synthesize();

    plain.resourceCountIs('AWS::Events::EventBus', 0);
    expect(JSON.stringify(plain)).not.toContain('partner-ingress');
  });

  it('associates each source with a bus of its own name', () => {
    const buses = Object.values(resourcesOf(pipeline, 'AWS::Events::EventBus')).map(({ Properties }) => Properties);

    expect(buses.map(({ Name, EventSourceName }) => [Name, EventSourceName])).toEqual([
      [LIVE, LIVE],
      [TEST, TEST],
    ]);
  });

  it('takes from each bus what Stripe alone can put there, with the DLQ of the queue behind the rule', () => {
    expect(rules.map(({ Properties }) => Properties.EventPattern)).toEqual([{ source: [LIVE] }, { source: [TEST] }]);
    for (const { Properties } of rules) {
      expect(Properties.Targets).toHaveLength(1);
      expect(JSON.stringify(Properties.Targets[0].Arn)).toContain('PartnerQueue');
      expect(JSON.stringify(Properties.Targets[0].DeadLetterConfig)).toContain('PartnerDeadLetterQueue');
    }
  });

  it('lets exactly these rules send to queue and DLQ', () => {
    const policies = Object.values(resourcesOf(data, 'AWS::SQS::QueuePolicy')).filter(({ Properties }) =>
      /^Partner/.test(Properties.Queues[0].Ref),
    );

    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      const allow = Properties.PolicyDocument.Statement.find(({ Effect }: { Effect: string }) => Effect === 'Allow');
      const arns = allow.Condition.ArnLike['aws:SourceArn'].map((arn: { 'Fn::Join': [string, unknown[]] }) =>
        arn['Fn::Join'][1].filter((part) => typeof part === 'string').join(''),
      );
      expect(arns).toEqual([LIVE, TEST].map((source) => `arn::events:::rule/${source}/stripe-fanout-dev-Partner`));
    }
  });

  it('may drain, park, claim, store and publish under our two sources, and nothing else', () => {
    const sids = statements.map(({ Sid, Action, Condition }) => [Sid, [Action].flat().toSorted(), Condition]);

    expect(sids).toEqual(
      expect.arrayContaining([
        [
          'DrainPartnerQueue',
          ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
          undefined,
        ],
        ['ParkInPartnerDeadLetterQueue', ['sqs:SendMessage'], undefined],
        ['ClaimAndComplete', ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'], undefined],
        [
          'PublishStripeEvents',
          ['events:PutEvents'],
          {
            'ForAllValues:StringEquals': { 'events:source': ['stripe', 'stripe.thin'] },
            Null: { 'events:source': 'false' },
          },
        ],
        ['StoreLargeEvents', ['s3:PutObject'], undefined],
        ['WriteOwnLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], undefined],
      ]),
    );
    // Tracing has no Sid.
    expect(statements).toHaveLength(7);
  });

  it('is one of the roles that the bus lets publish Stripe’s events', () => {
    const [policy] = Object.values(resourcesOf(pipeline, 'AWS::Events::EventBusPolicy'));

    expect(policy?.Properties.Statement.Condition.StringNotEquals['aws:PrincipalArn']).toContainEqual(
      ingress.Properties.Role,
    );
  });

  it('is fed ten messages at a time, and one that fails comes back by itself', () => {
    pipeline.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: rules[0]?.Properties.Targets[0].Arn,
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });
});
