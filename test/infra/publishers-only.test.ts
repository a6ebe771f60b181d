import { describe, expect, it } from 'vitest';
import { resourcesOf, resourceWhere, synthesize } from './synthesize.ts';

const { pipeline } = synthesize();

describe('bus policy', () => {
  it('denies everybody but our publishing roles a source that starts with stripe', () => {
    const [policy] = Object.values(resourcesOf(pipeline, 'AWS::Events::EventBusPolicy'));
    const [ingress, resolver, reconciler] = ['ingress', 'resolver', 'reconciler'].map((name) =>
      resourceWhere(pipeline, 'AWS::Lambda::Function', 'FunctionName', `stripe-fanout-dev-${name}`),
    );

    expect(policy?.Properties.Statement).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'events:PutEvents',
      Condition: {
        'ForAnyValue:StringLike': { 'events:source': 'stripe*' },
        StringNotEquals: { 'aws:PrincipalArn': [ingress, resolver, reconciler].map((one) => one?.Properties.Role) },
        Bool: { 'aws:PrincipalIsAWSService': 'false' },
      },
    });
  });
});
