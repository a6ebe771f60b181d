import { describe, expect, it } from 'vitest';
import { resourcesOf, resourceWhere, synthesize } from './synthesize.ts';

const { pipeline } = synthesize({
  issuingAuthorization: { fallback: 'decline' },
  throttle: { ratePerSecond: 50, burst: 70 },
});
const authorizer = resourceWhere(pipeline, 'AWS::Lambda::Function', 'FunctionName', 'stripe-fanout-dev-authorizer');
const role = authorizer.Properties.Role['Fn::GetAtt'][0];
const KEY = 'POST /authorizations/stripe';

describe('the authorizer', () => {
  it('is not there unless it is configured: no function, no route, no output', () => {
    const { pipeline: plain } = synthesize();

    expect(JSON.stringify(plain)).not.toMatch(/authorizer|authorizations|AuthorizationUrl/i);
  });

  it('has a route of its own, with a limit of its own that webhooks do not use up', () => {
    const routes = Object.entries(resourcesOf(pipeline, 'AWS::ApiGatewayV2::Route'));
    const [id = ''] = routes.find(([, { Properties }]) => Properties.RouteKey === KEY) ?? [];
    const [stage] = Object.values(resourcesOf(pipeline, 'AWS::ApiGatewayV2::Stage'));

    expect(routes).toHaveLength(3);
    expect(stage?.Properties.RouteSettings).toEqual({ [KEY]: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 70 } });
    // The gateway refuses settings of a route that it does not know.
    expect(stage?.DependsOn).toContain(id);
    expect(JSON.stringify(pipeline.findOutputs('AuthorizationUrl'))).toContain('/authorizations/stripe');
  });

  it('is told its endpoint, the fallback, the policy’s time and the API version', () => {
    const { Variables } = authorizer.Properties.Environment;

    expect(JSON.parse(Variables.AUTHORIZATIONS_FROM)).toEqual({
      name: 'issuing-authorization',
      mode: 'both',
      accounts: 'either',
      payload: 'snapshot',
    });
    expect(Variables).toMatchObject({
      FALLBACK: 'decline',
      POLICY_MS: '800',
      STRIPE_API_VERSION: expect.stringMatching(/^\d{4}-/),
    });
    expect(authorizer.Properties).toMatchObject({ Timeout: 3, MemorySize: 1_024 });
  });

  it('may claim, publish under one source, store, read secrets, and read and note spending, and nothing else', () => {
    const statements = Object.values(resourcesOf(pipeline, 'AWS::IAM::Policy'))
      .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

    expect(statements.map(({ Sid, Action, Condition }) => [Sid, [Action].flat().toSorted(), Condition])).toEqual([
      ['ClaimAndComplete', ['dynamodb:GetItem', 'dynamodb:UpdateItem'], undefined],
      [
        'ReadAndNoteSpending',
        ['dynamodb:PutItem', 'dynamodb:Query'],
        {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['spending:*'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      ],
      [
        'PublishStripeEvents',
        ['events:PutEvents'],
        { 'ForAllValues:StringEquals': { 'events:source': ['stripe'] }, Null: { 'events:source': 'false' } },
      ],
      ['StoreLargeEvents', ['s3:PutObject'], undefined],
      ['ReadSigningSecrets', ['secretsmanager:GetSecretValue'], undefined],
      ['WriteOwnLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], undefined],
      [undefined, ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], undefined],
    ]);
  });

  it('is one of the roles that the bus lets publish Stripe’s events', () => {
    const [policy] = Object.values(resourcesOf(pipeline, 'AWS::Events::EventBusPolicy'));

    expect(policy?.Properties.Statement.Condition.StringNotEquals['aws:PrincipalArn']).toContainEqual(
      authorizer.Properties.Role,
    );
  });

  it('has no instances that wait unless they are asked for, and then an alias that the gateway calls', () => {
    const { pipeline: warm } = synthesize({ issuingAuthorization: { fallback: 'approve', provisionedConcurrency: 2 } });
    const [alias] = Object.entries(resourcesOf(warm, 'AWS::Lambda::Alias'));
    const calls = (type: string) => JSON.stringify(resourcesOf(warm, type));

    pipeline.resourceCountIs('AWS::Lambda::Alias', 0);
    expect(alias?.[1].Properties.ProvisionedConcurrencyConfig).toEqual({ ProvisionedConcurrentExecutions: 2 });
    expect(calls('AWS::ApiGatewayV2::Integration')).toContain(`{"Ref":"${alias?.[0]}"}`);
    expect(calls('AWS::Lambda::Permission')).toContain(`{"Ref":"${alias?.[0]}"}`);
  });
});
