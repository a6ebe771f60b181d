import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { DOMAINS } from '#shared/catalogue/domains.ts';
import { type Resource, resourcesOf, resourceWhere, synthesize } from './synthesize.ts';

const { pipeline } = synthesize();
const ON = [...DOMAINS.map(({ name }) => name), 'unrecognized'].filter(
  (name) => !['capital', 'crypto', 'forwarding'].includes(name),
);
const functionOf = (name: string, template = pipeline): Resource =>
  resourceWhere(template, 'AWS::Lambda::Function', 'FunctionName', `stripe-fanout-dev-${name}`);

interface Statement {
  readonly Sid?: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

function statementsOf(name: string, template = pipeline): Statement[] {
  const role = functionOf(name, template).Properties.Role['Fn::GetAtt'][0];
  return Object.values(resourcesOf(template, 'AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some((each: { Ref: string }) => each.Ref === role))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

/** `Sid` (or the resource) of each statement with its actions. */
const permissionsOf = (name: string, template = pipeline) =>
  Object.fromEntries(
    statementsOf(name, template).map(({ Sid, Action, Resource }) => [Sid ?? Resource, [Action].flat().toSorted()]),
  );

const LOGS = { WriteOwnLogs: ['logs:CreateLogStream', 'logs:PutLogEvents'] };
const TRACES = { '*': ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'] };

describe('functions', () => {
  it('deploys ingress, resolver, reconciler, and a handler for each domain that is on', () => {
    pipeline.resourceCountIs('AWS::Lambda::Function', ON.length + 3);
    for (const domain of ON)
      expect(functionOf(`handler-${domain}`).Properties.Environment.Variables.DOMAIN).toBe(domain);
  });

  it('runs all on Node 24 and arm64, with JSON logs, continuing traces', () => {
    pipeline.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'JSON' },
      TracingConfig: { Mode: 'PassThrough' },
    });
  });

  it('begins traces at the ingress only, and only when told to', () => {
    const traced = synthesize({ tracing: true }).pipeline;

    expect(functionOf('ingress', traced).Properties.TracingConfig.Mode).toBe('Active');
    expect(functionOf('handler-billing', traced).Properties.TracingConfig.Mode).toBe('PassThrough');
  });

  it('reserves no concurrency', () => {
    expect(JSON.stringify(resourcesOf(pipeline, 'AWS::Lambda::Function'))).not.toContain(
      'ReservedConcurrentExecutions',
    );
  });

  it('keeps logs for 30 days', () => {
    pipeline.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    pipeline.resourceCountIs('AWS::Logs::LogGroup', ON.length + 4);
  });

  it('gives each function a role of its own and no managed policy', () => {
    const roles = Object.values(resourcesOf(pipeline, 'AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Role['Fn::GetAtt'][0],
    );

    expect(new Set(roles).size).toBe(roles.length);
    expect(JSON.stringify(resourcesOf(pipeline, 'AWS::IAM::Role'))).not.toContain('ManagedPolicyArns');
  });

  it('lets ingress claim, publish, store and read signing secrets, and nothing else', () => {
    expect(permissionsOf('ingress')).toEqual({
      ClaimAndComplete: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      PublishStripeEvents: ['events:PutEvents'],
      StoreLargeEvents: ['s3:PutObject'],
      ReadSigningSecrets: ['secretsmanager:GetSecretValue'],
      ...LOGS,
      ...TRACES,
    });
  });

  it('lets ingress publish under our two sources only', () => {
    const publish = statementsOf('ingress').find(({ Sid }) => Sid === 'PublishStripeEvents');

    expect(publish?.Condition).toEqual({
      'ForAllValues:StringEquals': { 'events:source': ['stripe', 'stripe.thin'] },
      Null: { 'events:source': 'false' },
    });
  });

  it.each(ON)('lets the handler of %s drain, record and project, and nothing else', (domain) => {
    expect(permissionsOf(`handler-${domain}`)).toEqual({
      DrainOwnQueue: [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
      ],
      ParkInOwnDeadLetterQueue: ['sqs:SendMessage'],
      RecordHandling: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'],
      KeepObjects: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      ReadLargeEvents: ['s3:GetObject'],
      TellMissingFromForbidden: ['s3:ListBucket'],
      KeepLargeObjects: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      AskForPresentStates: ['sqs:SendMessage'],
      ...LOGS,
      ...TRACES,
    });
  });

  it.each(ON)('lets the handler of %s touch no other domain’s queue, and only ask for present states', (domain) => {
    const queues = statementsOf(`handler-${domain}`).filter(({ Action }) =>
      [Action].flat().some((action) => action.startsWith('sqs:')),
    );
    const source = Object.values(resourcesOf(pipeline, 'AWS::Lambda::EventSourceMapping')).find(
      ({ Properties }) =>
        resourcesOf(pipeline, 'AWS::Lambda::Function')[Properties.FunctionName.Ref] === functionOf(`handler-${domain}`),
    );
    const parked = functionOf(`handler-${domain}`).Properties.Environment.Variables.DLQ_URL['Fn::ImportValue'];

    expect(queues.map(({ Resource }) => Resource)).toEqual([
      source?.Properties.EventSourceArn,
      // The DLQ's ARN and URL are exports that differ after the queue's logical id.
      { 'Fn::ImportValue': expect.stringContaining(/Ref(.+DeadLetterQueue[0-9A-F]{8})/.exec(parked)?.[1] ?? '') },
      { 'Fn::ImportValue': expect.stringMatching(/RefreshQueue/) },
    ]);
  });

  it('lets the resolver drain, ask Stripe, publish whole events and claim, and nothing else', () => {
    expect(permissionsOf('resolver')).toEqual({
      DrainOwnQueue: [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
      ],
      ParkInOwnDeadLetterQueue: ['sqs:SendMessage'],
      DrainRefreshQueue: [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
      ],
      ParkInRefreshDeadLetterQueue: ['sqs:SendMessage'],
      SeeWhatIsKnown: ['dynamodb:GetItem'],
      BringPresentStates: ['sqs:SendMessage'],
      ClaimAndRecord: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'],
      PublishResolvedEvents: ['events:PutEvents'],
      KeepLargeEvents: ['s3:GetObject', 's3:PutObject'],
      TellMissingFromForbidden: ['s3:ListBucket'],
      ReadApiKeys: ['secretsmanager:GetSecretValue'],
      ...LOGS,
      ...TRACES,
    });
    const publish = statementsOf('resolver').find(({ Sid }) => Sid === 'PublishResolvedEvents');
    expect(publish?.Condition).toEqual({
      'ForAllValues:StringEquals': { 'events:source': ['stripe'] },
      Null: { 'events:source': 'false' },
    });
  });

  it('lets the reconciler compare, ask Stripe, publish and claim, and nothing else', () => {
    expect(permissionsOf('reconciler')).toEqual({
      CompareAndClaim: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      PublishStripeEvents: ['events:PutEvents'],
      StoreLargeEvents: ['s3:PutObject'],
      ReadApiKeys: ['secretsmanager:GetSecretValue'],
      ...LOGS,
      ...TRACES,
    });
    const publish = statementsOf('reconciler').find(({ Sid }) => Sid === 'PublishStripeEvents');
    expect(publish?.Condition).toEqual({
      'ForAllValues:StringEquals': { 'events:source': ['stripe', 'stripe.thin'] },
      Null: { 'events:source': 'false' },
    });
  });

  it('starts the reconciler every five minutes, as long as one invocation lasts', () => {
    expect(functionOf('reconciler').Properties.Timeout).toBe(300);
    pipeline.hasResourceProperties('AWS::Scheduler::Schedule', {
      Name: 'stripe-fanout-dev-reconciler',
      ScheduleExpression: 'rate(5 minutes)',
    });
  });

  it('lets nobody but resolver and reconciler read API keys, and these no signing secrets', () => {
    const readers = Object.values(resourcesOf(pipeline, 'AWS::IAM::Policy')).filter(({ Properties }) =>
      JSON.stringify(Properties.PolicyDocument).includes('RefApiKeys'),
    );

    expect(readers.map(({ Properties }) => Properties.Roles[0].Ref)).toEqual([
      expect.stringMatching(/^ResolverRole/),
      expect.stringMatching(/^ReconcilerRole/),
    ]);
    for (const name of ['resolver', 'reconciler']) {
      expect(JSON.stringify(statementsOf(name))).not.toContain('RefSigningSecrets');
    }
  });

  it('gives the resolver its share of the configured rate', () => {
    const { pipeline: configured } = synthesize({
      resolver: { requestsPerSecond: 60, refreshesPerSecond: 10, maxConcurrency: 5 },
    });

    const { Variables } = functionOf('resolver', configured).Properties.Environment;
    expect(Number(Variables.REQUESTS_PER_SECOND)).toBe(10);
    expect(Number(Variables.REFRESHES_PER_SECOND)).toBe(5);
    configured.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: Match.stringLikeRegexp('^Resolver') },
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });

  it('feeds each handler ten messages at a time and tries a failed one again by itself', () => {
    const ofHandlers = Object.values(resourcesOf(pipeline, 'AWS::Lambda::EventSourceMapping')).filter(
      ({ Properties }) => Properties.FunctionName.Ref.startsWith('Handlers'),
    );

    expect(ofHandlers).toHaveLength(ON.length);
    for (const { Properties } of ofHandlers) {
      expect(Properties).toMatchObject({
        BatchSize: 10,
        MaximumBatchingWindowInSeconds: 0,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 10 },
      });
    }
  });

  it('lets a handler without a projection keep its team’s rows, and read and erase no object', () => {
    const { pipeline: configured } = synthesize({ domains: { identity: { projection: 'off' } } });

    const permissions = permissionsOf('handler-identity', configured);

    expect(permissions.KeepObjects).toEqual(['dynamodb:PutItem']);
    expect(permissions).not.toHaveProperty('KeepLargeObjects');
  });

  it('lets the resolver send to nobody where no domain keeps objects: IAM takes no statement about nothing', () => {
    const off = { projection: 'off' } as const;
    const domains = Object.fromEntries(DOMAINS.map(({ name }) => [name, off]));

    const { pipeline: configured } = synthesize({ domains, unrecognized: off });

    expect(permissionsOf('resolver')).toHaveProperty('BringPresentStates');
    expect(permissionsOf('resolver', configured)).not.toHaveProperty('BringPresentStates');
    expect(statementsOf('resolver', configured).filter((one) => [one.Resource].flat().length === 0)).toEqual([]);
  });

  it('tells a handler its retry schedule and projection', () => {
    const { pipeline: configured } = synthesize({
      retrySchedule: [5, 10],
      maxReceiveCount: 3,
      domains: { identity: { projection: ['id', 'status'], maxConcurrency: 2 } },
    });

    const { Variables } = resourceWhere(
      configured,
      'AWS::Lambda::Function',
      'FunctionName',
      'stripe-fanout-dev-handler-identity',
    ).Properties.Environment;
    expect(JSON.parse(Variables.RETRY_SCHEDULE)).toEqual([5, 10]);
    expect(Variables.MAX_RECEIVE_COUNT).toBe('3');
    expect(JSON.parse(Variables.PROJECTION)).toEqual(['id', 'status']);
    configured.hasResourceProperties('AWS::Lambda::EventSourceMapping', { ScalingConfig: { MaximumConcurrency: 2 } });
  });

  it('tells ingress its destinations', () => {
    const { Variables } = functionOf('ingress').Properties.Environment;

    expect(JSON.parse(Variables.DESTINATIONS)).toEqual([
      { name: 'account', mode: 'both', payload: 'either', accounts: 'own' },
      { name: 'connect', mode: 'both', payload: 'either', accounts: 'connected' },
    ]);
    expect(Variables.INLINE_LIMIT).toBe('240000');
  });

  it('ends ingress between its own deadline of 8 s and its lease of 15 s', () => {
    expect(functionOf('ingress').Properties.Timeout).toBe(10);
  });
});
