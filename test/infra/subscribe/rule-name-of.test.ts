import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { ruleNameOf } from '#infra/subscribe/rule-name-of.ts';

const nameIn = (stackName: string, ...ids: string[]) => {
  const stack = new Stack(new App(), 'Service', { stackName });
  return ruleNameOf(ids.reduce<Construct>((scope, id) => new Construct(scope, id), stack));
};

describe('the name of a rule', () => {
  it('is of the deployed stack and the path in it', () => {
    expect(nameIn('dunning-dev', 'Billing', 'Failed payments')).toBe('dunning-dev-Billing-Failed-payments');
  });

  it('is another one in another deployment of the same app', () => {
    expect(nameIn('dunning-dev', 'Failed')).not.toBe(nameIn('dunning-prod', 'Failed'));
  });

  it('is as long as EventBridge takes, and still told apart by what was cut off', () => {
    const [one, two] = ['1', '2'].map((ending) => nameIn('dunning', 'x'.repeat(80) + ending));

    expect(one).toHaveLength(64);
    expect(one).not.toBe(two);
  });

  it('is text also in a nested stack, which has no name yet', () => {
    const nested = new NestedStack(new Stack(new App(), 'Service'), 'Nested');

    expect(ruleNameOf(new Construct(nested, 'Failed'))).toMatch(/^Service-Nested-Failed-\w+$/);
  });
});
