import { describe, expect, it } from 'vitest';
import { ACCOUNT } from '#local/assembly/account.ts';
import { listUnsupported } from '#local/assembly/list-unsupported.ts';
import { readAssembly } from '#local/assembly/read-assembly.ts';
import { resolveAssembly } from '#local/assembly/resolve-assembly.ts';
import { TemplateError } from '#local/assembly/template-error.ts';
import { JsonReader } from '#local/json-reader.ts';
import { FIXTURE } from '../start-fixture.ts';

const ADDRESSES = { aws: 'http://127.0.0.1:4566', api: 'http://127.0.0.1:4242' };
const fail = (message: string) => new TemplateError(message);

function resolve(template: object, ...more: object[]) {
  const stacks = [template, ...more].map((value, i) => ({
    id: `Stack${i}`,
    name: `stack-${i}`,
    account: ACCOUNT,
    template: new JsonReader(value, fail),
  }));
  return resolveAssembly({ stacks, assets: new Map() }, ADDRESSES);
}
const bucket = (properties: object, rest: object = {}) => ({
  Type: 'AWS::S3::Bucket',
  Properties: properties,
  ...rest,
});

describe('a cloud assembly', () => {
  it('gives each resource its physical name, URL or ARN', () => {
    const { resources } = resolveAssembly(readAssembly(FIXTURE), ADDRESSES);

    const refs = Object.fromEntries(resources.map(({ logicalId, ref }) => [logicalId, ref]));
    expect(refs).toMatchObject({
      Items: 'items',
      Bucket: 'files-000000000000-us-east-1',
      Work: 'http://127.0.0.1:4566/000000000000/work',
      Western: 'http://127.0.0.1:4566/000000000000/Data-test-Western',
      Bus: 'colours',
      PaintRule: 'colours|paint',
      ApiFunction: 'api',
    });
    expect(refs).not.toHaveProperty('Chinese');
  });

  it('evaluates references between stacks, whichever stack comes first', () => {
    const uses = { Resources: { A: bucket({ BucketName: { 'Fn::ImportValue': 'Other:Name' } }) } };
    const exports = { Outputs: { Name: { Value: 'from-there', Export: { Name: 'Other:Name' } } } };

    expect(resolve(uses, exports).resources[0]?.ref).toBe('from-there');
  });

  it("shows people's outputs, also exported ones, and not CDK's wiring", () => {
    const { outputs } = resolve({
      Outputs: {
        Plain: { Value: 1 },
        Shared: { Value: 'x', Export: { Name: 'shared' } },
        ExportsOutputRefA: { Value: 'x', Export: { Name: 'Stack:ExportsOutputRefA' } },
      },
    });

    expect(outputs).toEqual({ Plain: '1', Shared: 'x' });
  });

  it.each([
    ['a reference to nothing', { A: bucket({ BucketName: { Ref: 'Nobody' } }) }, 'no resource or parameter Nobody'],
    ['an import of nothing', { A: bucket({ BucketName: { 'Fn::ImportValue': 'x' } }) }, 'names x, which no stack'],
    [
      'a circle',
      { A: bucket({ BucketName: { Ref: 'B' } }), B: bucket({ BucketName: { Ref: 'A' } }) },
      'refers to itself',
    ],
    [
      'an unknown attribute',
      { A: bucket({}), B: bucket({ BucketName: { 'Fn::GetAtt': ['A', 'Colour'] } }) },
      'no attribute Colour',
    ],
    ['an unknown condition', { A: bucket({}, { Condition: 'Never' }) }, 'no condition Never'],
    ['a number as a name', { A: bucket({ BucketName: { a: 1 } }) }, 'BucketName is object; a string was expected'],
  ])('says which stack and what is wrong: %s', (_what, Resources, message) => {
    expect(() => resolve({ Resources })).toThrow(message);
  });

  it('says what to do when there is none', () => {
    expect(() => readAssembly('/nowhere')).toThrow('Run `npm run synth` first');
  });
});

describe('what is not emulated', () => {
  const what = (Resources: object) => listUnsupported(resolve({ Resources })).map((found) => found.what);

  it('is listed, by type and by feature', () => {
    expect(
      what({
        Cluster: { Type: 'AWS::ECS::Cluster' },
        Rule: {
          Type: 'AWS::Events::Rule',
          Properties: {
            ScheduleExpression: 'rate(1 hour)',
            Targets: [{ Arn: 'arn:aws:lambda:x', HttpParameters: {} }],
          },
        },
        Connection: {
          Type: 'AWS::Events::Connection',
          Properties: {
            AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
            AuthParameters: { X: '{{resolve:secretsmanager:x}}' },
          },
        },
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { EventSourceArn: 'arn:aws:kinesis:x', FilterCriteria: {} },
        },
        Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { StageName: 'v1' } },
        Table: { Type: 'AWS::DynamoDB::Table', Properties: { StreamSpecification: {} } },
      }),
    ).toEqual([
      'the resource type is not emulated',
      'a schedule is not emulated',
      'a target other than a queue, a bus, an API destination or a state machine: arn:aws:lambda:x is not emulated',
      'adding parameters to a request to an API destination is not emulated',
      'OAuth is not emulated',
      'a secret by reference, which is sent as the text of the reference: looking it up is not emulated',
      'filter criteria is not emulated',
      'an event source other than a queue is not emulated',
      'a stage with a path of its own is not emulated',
      'a stream is not emulated',
    ]);
  });

  it('are neither buses that a rule feeds nor FIFO queues', () => {
    expect(
      what({
        Fifo: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
        Rule: {
          Type: 'AWS::Events::Rule',
          Properties: { Targets: [{ Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/other' }] },
        },
      }),
    ).toEqual([]);
  });

  it('does not hold what a pipeline can do without', () => {
    expect(what({ Alarm: { Type: 'AWS::CloudWatch::Alarm' }, Topic: { Type: 'AWS::SNS::Topic' } })).toEqual([]);
  });
});
