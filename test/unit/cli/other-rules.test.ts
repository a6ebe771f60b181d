import { expect, it } from 'vitest';
import { otherRules } from '#cli/subscriptions/other-rules.ts';

const rule = (name: string, more: object = {}) => ({ name, arn: `arn:aws:events:…/${name}`, isEnabled: true, ...more });

it("takes away this project's rules and those that AWS keeps for itself", () => {
  const rules = [
    rule('stripe-fanout-prod-Invoice'),
    rule('stripe-fanout-prod-Thin'),
    rule('stripe-fanout-prod-Unrecognized'),
    rule('Events-Archive-stripe-fanout-prod', { managedBy: 'prod.vhs.events.aws.internal' }),
    rule('dunning'),
  ];

  expect(otherRules(rules, 'prod')).toEqual([rule('dunning')]);
});

it("takes a rule for another team's that is named like one of another stage", () => {
  expect(otherRules([rule('stripe-fanout-dev-Invoice')], 'prod')).toHaveLength(1);
});
