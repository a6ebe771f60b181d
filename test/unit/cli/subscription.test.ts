import { describe, expect, it } from 'vitest';
import { subscriptionOf } from '#cli/subscriptions/subscription.ts';

const rule = {
  name: 'ledger-export',
  arn: 'arn:aws:events:eu-west-1:111111111111:rule/stripe-fanout-prod/ledger-export',
  isEnabled: true,
  pattern: '{"source":["stripe"],"detail-type":["payout.paid"],"detail":{"livemode":[true]}}',
};
const target = {
  arn: 'arn:aws:sqs:eu-west-1:111111111111:export',
  deadLetterArn: 'arn:aws:sqs:…:export-dlq',
  redrive: { deadLetterQueue: 'arn:aws:sqs:…:export-dlq', maxReceiveCount: 5 },
};
const origin = { tags: { owner: 'finance' }, createdBy: '111111111111' };

describe('subscriptionOf', () => {
  it('says whose rule it is, what it gets and where that goes', () => {
    expect(subscriptionOf(rule, [target], origin)).toEqual({
      rule: 'ledger-export',
      arn: rule.arn,
      owner: 'finance',
      account: null,
      isEnabled: true,
      pattern: JSON.parse(rule.pattern),
      types: ['payout.paid'],
      notifications: [],
      conditions: ['detail.livemode'],
      targets: [{ arn: target.arn, deadLetterQueue: target.deadLetterArn, redrive: target.redrive }],
      warnings: [],
    });
  });

  it('names the account that made the rule when it is another', () => {
    const { account } = subscriptionOf(rule, [target], { ...origin, createdBy: '222222222222' });

    expect(account).toBe('222222222222');
  });

  it('knows of no failures of a target that is no queue, and does not warn of what it may not read', () => {
    const { targets, warnings } = subscriptionOf(
      rule,
      [
        { arn: 'arn:aws:states:eu-west-1:1:stateMachine:x', deadLetterArn: target.deadLetterArn },
        { ...target, redrive: 'unreadable' },
      ],
      origin,
    );

    expect(targets.map(({ redrive }) => redrive)).toEqual([null, 'unreadable']);
    expect(warnings).toEqual([]);
  });

  it('takes the tag in any case', () => {
    expect(subscriptionOf(rule, [target], { tags: { Owner: 'finance' } }).owner).toBe('finance');
  });

  it.each([
    ['no DLQ', rule, [{ arn: target.arn }], origin],
    ['no redrive policy', rule, [{ ...target, redrive: 'none' as const }], origin],
    ['does not exist', rule, [{ ...target, redrive: 'missing' as const }], origin],
    ['no target', rule, [], origin],
    ['switched off', { ...rule, isEnabled: false }, [target], origin],
    ['matches no known type', { ...rule, pattern: '{"source":["stripe"],"detail-type":["a.b"]}' }, [target], origin],
    ['cannot read its pattern', { ...rule, pattern: '{"source":[{"newer":1}]}' }, [target], origin],
    ['Nobody is named', rule, [target], { tags: {} }],
  ])('warns: %s', (words, given, targets, from) => {
    expect(subscriptionOf(given, targets, from).warnings).toEqual([expect.stringContaining(words)]);
  });
});
