import { describe, expect, it } from 'vitest';
import { DOMAINS } from '#shared/catalogue/domains.ts';
import { type Resource, resourcesOf, resourceWhere, synthesize } from './synthesize.ts';

const { data } = synthesize();
const OWNERS = [...DOMAINS.map(({ name }) => name), 'unrecognized', 'thin', 'refresh', 'partner'];
const queueOf = (name: string): Resource =>
  resourceWhere(data, 'AWS::SQS::Queue', 'QueueName', `stripe-fanout-dev-${name}`);
const logicalIdOf = (name: string) =>
  Object.entries(resourcesOf(data, 'AWS::SQS::Queue')).find(([, queue]) => queue === queueOf(name))?.[0];

function statementsOf(name: string) {
  const id = logicalIdOf(name);
  const policies = Object.values(resourcesOf(data, 'AWS::SQS::QueuePolicy'));
  const own = policies.filter(({ Properties }) => Properties.Queues.some((queue: { Ref: string }) => queue.Ref === id));
  expect(own).toHaveLength(1);
  return own[0]?.Properties.PolicyDocument.Statement;
}

describe('queues', () => {
  it('gives each domain, the unrecognized events, notifications, present states and partner events a queue and a DLQ', () => {
    data.resourceCountIs('AWS::SQS::Queue', 2 * OWNERS.length + 1);
    for (const owner of OWNERS) expect([queueOf(owner), queueOf(`${owner}-dlq`)]).toHaveLength(2);
  });

  it.each(OWNERS)('moves a message of %s to its own DLQ after five receives', (owner) => {
    expect(queueOf(owner).Properties.RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [logicalIdOf(`${owner}-dlq`), 'Arn'] },
      maxReceiveCount: 5,
    });
  });

  it('keeps a message in a DLQ for 14 days, longer than the 4 in a queue', () => {
    for (const owner of OWNERS) {
      expect(queueOf(owner).Properties.MessageRetentionPeriod).toBe(4 * 86_400);
      expect(queueOf(`${owner}-dlq`).Properties.MessageRetentionPeriod).toBe(14 * 86_400);
    }
  });

  it('hides a message for six times the handler timeout plus the batching window', () => {
    const slow = synthesize({ handlerTimeoutSeconds: 60, batchingWindowSeconds: 5 });

    // 6 × 30 s by default; 6 × 60 s + 5 s.
    expect(queueOf('core').Properties.VisibilityTimeout).toBe(180);
    slow.data.hasResourceProperties('AWS::SQS::Queue', { QueueName: 'stripe-fanout-dev-core', VisibilityTimeout: 365 });
    slow.pipeline.hasResourceProperties('AWS::Lambda::EventSourceMapping', { MaximumBatchingWindowInSeconds: 5 });
  });

  it('uses standard queues, because a rule’s DLQ cannot be FIFO', () => {
    expect(JSON.stringify(resourcesOf(data, 'AWS::SQS::Queue'))).not.toContain('Fifo');
  });

  it('encrypts every queue', () => {
    data.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
  });

  it('lets nobody send to the queue of the partner buses where there are none, and no rule ask for present states', () => {
    for (const name of ['partner', 'partner-dlq', 'refresh', 'refresh-dlq'])
      expect(statementsOf(name)).toEqual([expect.objectContaining({ Effect: 'Deny' })]);
  });

  it.each(
    OWNERS.filter((owner) => !['partner', 'refresh'].includes(owner)).flatMap((owner) => [owner, `${owner}-dlq`]),
  )('lets only rules of the bus send to %s, by one statement', (name) => {
    const arn = { 'Fn::GetAtt': [logicalIdOf(name), 'Arn'] };

    expect(statementsOf(name)).toEqual([
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sqs:*',
        Resource: arn,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'AllowRulesOfTheBus',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: arn,
        Condition: {
          ArnLike: {
            'aws:SourceArn': {
              'Fn::Join': [
                '',
                [
                  'arn:',
                  { Ref: 'AWS::Partition' },
                  ':events:',
                  { Ref: 'AWS::Region' },
                  ':',
                  { Ref: 'AWS::AccountId' },
                  ':rule/',
                  { Ref: expect.stringContaining('StripeBus') },
                  '/*',
                ],
              ],
            },
          },
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        },
      },
    ]);
  });

  it('lets the bus send what it could not process to its own DLQ', () => {
    const allow = statementsOf('bus-dlq').find((statement: { Effect: string }) => statement.Effect === 'Allow');

    expect(allow.Principal).toEqual({ Service: 'events.amazonaws.com' });
    expect(allow.Condition.ArnEquals['aws:SourceArn']).toEqual({
      'Fn::GetAtt': [expect.stringContaining('StripeBus'), 'Arn'],
    });
    data.hasResourceProperties('AWS::Events::EventBus', {
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [logicalIdOf('bus-dlq'), 'Arn'] } },
    });
  });
});
