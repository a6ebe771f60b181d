import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AwsCall, ServiceName } from '#local/aws/aws-call.ts';
import { operationOf } from '#local/aws/operation-of.ts';
import { EventBuses } from '#local/events/event-buses.ts';
import { eventsService } from '#local/events/events-service.ts';
import { AccessControl } from '#local/iam/access-control.ts';
import { REQUIREMENTS } from '#local/iam/gatekeeper.ts';
import { ADMINISTRATOR } from '#local/iam/principal.ts';
import { LambdaHost } from '#local/lambda/lambda-host.ts';
import { lambdaService } from '#local/lambda/lambda-service.ts';
import { Pollers } from '#local/lambda/pollers.ts';
import { WorkerPool } from '#local/lambda/worker-pool.ts';
import { LogStore } from '#local/logs/log-store.ts';
import { logsService } from '#local/logs/logs-service.ts';
import { Secrets } from '#local/secrets/secrets.ts';
import { secretsService } from '#local/secrets/secrets-service.ts';
import { SharedParts } from '#local/shared-parts.ts';
import { sqsService } from '#local/sqs/sqs-service.ts';

const [SECRET, FUNCTION] = ['arn:aws:secretsmanager:r:0:secret:app-a1b2c3', 'arn:aws:lambda:r:0:function:worker'];
const known = {
  partitionKeyOf: (table: string) => (table === 't' ? 'object' : undefined),
  secretArn: (id: string) => (id === 'app' ? SECRET : undefined),
  mappedFunction: (id: string) => (id === 'm1' ? FUNCTION : undefined),
};
const local = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;

function required(service: ServiceName, operation: string, input: object, path = '/') {
  const call: AwsCall = {
    service,
    operation,
    method: 'POST',
    path,
    rawHeaders: [],
    body: Buffer.from(JSON.stringify(input)),
    principal: ADMINISTRATOR,
    origin: '',
    signal: new AbortController().signal,
  };
  return REQUIREMENTS[service][operation]?.(call, known);
}

/** What each service can do, as it says itself or as its package's files say. */
function served(): Record<ServiceName, readonly string[]> {
  const shared = new SharedParts(1);
  const { observations, inFlight } = shared;
  const access = new AccessControl([], observations);
  const buses = new EventBuses(
    [],
    [],
    [],
    { ...shared, access, apiDestinations: [], stateMachines: new Set(), signal: AbortSignal.abort() },
    inFlight,
  );
  const ignore = () => undefined;
  const pool = new WorkerPool(() => ({ max: 1, reserved: false }), 1, ignore);
  const host = new LambdaHost(pool, observations, inFlight, ignore);
  const pollers = new Pollers([], { ...shared, access, host });
  const paths = ['/', '/bucket', '/bucket/key'];
  return {
    dynamodb: readdirSync('node_modules/dynalite/actions').map(
      (file) => (file[0] ?? '').toUpperCase() + file.slice(1).replace('.js', ''),
    ),
    events: eventsService(buses, observations, inFlight).operations,
    lambda: lambdaService({ functions: [], pollers, host }).operations,
    logs: logsService(new LogStore(), []).operations,
    s3: ['GET', 'PUT', 'HEAD', 'DELETE']
      .flatMap((method) => paths.map((path) => operationOf('s3', method, path, { target: undefined, isCopy: false })))
      .filter((operation, i, all) => all.indexOf(operation) === i),
    secretsmanager: secretsService(new Secrets([])).operations,
    sqs: sqsService(shared).operations,
  };
}

describe('an operation that the endpoint serves', () => {
  it.each(Object.entries(served()))('of %s has a rule that says what it requires', (service, operations) => {
    expect(operations.length).toBeGreaterThan(1);
    expect(Object.keys(REQUIREMENTS[service as ServiceName]).toSorted()).toEqual(operations.toSorted());
  });

  it.each<[ServiceName, string, object, string | undefined, readonly (readonly [string, string])[]]>([
    ['dynamodb', 'PutItem', { TableName: 't' }, undefined, [['dynamodb:PutItem', local('dynamodb', 'table/t')]]],
    [
      'dynamodb',
      'Query',
      { TableName: 't', IndexName: 'i' },
      undefined,
      [['dynamodb:Query', local('dynamodb', 'table/t/index/i')]],
    ],
    [
      'dynamodb',
      'Scan',
      { TableName: local('dynamodb', 'table/t') },
      undefined,
      [['dynamodb:Scan', local('dynamodb', 'table/t')]],
    ],
    [
      'dynamodb',
      'BatchGetItem',
      { RequestItems: { t: {}, u: {} } },
      undefined,
      [
        ['dynamodb:BatchGetItem', local('dynamodb', 'table/t')],
        ['dynamodb:BatchGetItem', local('dynamodb', 'table/u')],
      ],
    ],
    ['sqs', 'SendMessageBatch', { QueueUrl: 'http://h/0/q' }, undefined, [['sqs:SendMessage', local('sqs', 'q')]]],
    ['sqs', 'GetQueueUrl', { QueueName: 'q' }, undefined, [['sqs:GetQueueUrl', local('sqs', 'q')]]],
    [
      'sqs',
      'CancelMessageMoveTask',
      { TaskHandle: Buffer.from('{"sourceArn":"arn:dlq"}').toString('base64') },
      undefined,
      [['sqs:CancelMessageMoveTask', 'arn:dlq']],
    ],
    [
      'sqs',
      'StartMessageMoveTask',
      { SourceArn: 'arn:dlq', DestinationArn: 'arn:q' },
      undefined,
      [
        ['sqs:StartMessageMoveTask', 'arn:dlq'],
        ['sqs:ReceiveMessage', 'arn:dlq'],
        ['sqs:DeleteMessage', 'arn:dlq'],
        ['sqs:GetQueueAttributes', 'arn:dlq'],
        ['sqs:SendMessage', 'arn:q'],
      ],
    ],
    [
      'events',
      'DescribeRule',
      { Name: 'r', EventBusName: 'b' },
      undefined,
      [['events:DescribeRule', local('events', 'rule/b/r')]],
    ],
    [
      'events',
      'ListTargetsByRule',
      { Rule: 'r' },
      undefined,
      [['events:ListTargetsByRule', local('events', 'rule/r')]],
    ],
    [
      'events',
      'StartReplay',
      { EventSourceArn: 'arn:archive', Destination: { Arn: 'arn:bus' }, ReplayName: 'again' },
      undefined,
      [
        ['events:StartReplay', 'arn:archive'],
        ['events:StartReplay', 'arn:bus'],
        ['events:StartReplay', local('events', 'replay/again')],
      ],
    ],
    ['secretsmanager', 'GetSecretValue', { SecretId: 'app' }, undefined, [['secretsmanager:GetSecretValue', SECRET]]],
    [
      'lambda',
      'Invoke',
      {},
      '/2015-03-31/functions/worker/invocations',
      [['lambda:InvokeFunction', local('lambda', 'function:worker')]],
    ],
    ['s3', 'GetObject', {}, '/bucket/a%20b/c?x-id=GetObject', [['s3:GetObject', 'arn:aws:s3:::bucket/a b/c']]],
    ['s3', 'HeadObject', {}, '/bucket/k', [['s3:GetObject', 'arn:aws:s3:::bucket/k']]],
  ])('%s %s of %j requires the action of the resource', (service, operation, input, path, expected) => {
    const requirements = required(service, operation, input, path);

    expect(requirements?.map(({ action, resource }) => [action, resource])).toEqual(expected);
  });

  it('carries what policies make conditions of', () => {
    const entry = { EventBusName: 'b', Source: 'stripe', DetailType: 'invoice.paid' };

    expect(required('events', 'PutEvents', { Entries: [entry] })).toEqual([
      {
        action: 'events:PutEvents',
        resource: local('events', 'event-bus/b'),
        context: { 'events:source': ['stripe'], 'events:detail-type': ['invoice.paid'] },
      },
    ]);
    const leading = { 'dynamodb:LeadingKeys': ['spending:ic_1'] };
    const put = required('dynamodb', 'PutItem', { TableName: 't', Item: { object: { S: 'spending:ic_1' } } });
    expect(put?.[0]?.context).toEqual(leading);
    const query = required('dynamodb', 'Query', {
      TableName: 't',
      KeyConditionExpression: 'begins_with(#scope, :scope) AND #o = :o',
      ExpressionAttributeNames: { '#o': 'object', '#scope': 'scope' },
      ExpressionAttributeValues: { ':o': { S: 'spending:ic_1' }, ':scope': { S: 'test/' } },
    });
    expect(query?.[0]?.context).toEqual(leading);
    const mapping = required('lambda', 'UpdateEventSourceMapping', {}, '/2015-03-31/event-source-mappings/m1');
    expect(mapping?.[0]?.context).toEqual({ 'lambda:FunctionArn': FUNCTION });
    const list = required('s3', 'ListObjectsV2', {}, '/bucket?list-type=2&prefix=events%2F');
    expect(list?.[0]).toMatchObject({ action: 's3:ListBucket', context: { 's3:prefix': 'events/' } });
  });
});

describe('an operation of S3', () => {
  const of = (method: string, path: string, isCopy = false) =>
    operationOf('s3', method, path, { target: undefined, isCopy });

  it.each([
    ['GET', '/b/k?x-id=GetObject', 'GetObject'],
    ['GET', '/b?list-type=2&prefix=', 'ListObjectsV2'],
    ['PUT', '/b/k', 'PutObject'],
  ])('%s %s is %s', (method, path, operation) => {
    expect(of(method, path)).toBe(operation);
  });

  it.each([
    ['GET', '/b?policy'],
    ['POST', '/b?delete='],
    ['PUT', '/b/k?partNumber=1&uploadId=u'],
    ['GET', '/b/k?versionId=v'],
  ])('%s %s is none that anybody may call', (method, path) => {
    expect(REQUIREMENTS.s3).not.toHaveProperty([of(method, path)]);
  });

  it('that copies is not one that puts', () => {
    expect(of('PUT', '/b/k', true)).toBe('CopyObject');
  });
});
