import { describe, expect, it } from 'vitest';
import type { Rule } from '#local/events/rule.ts';
import { AccessControl } from '#local/iam/access-control.ts';
import { admitForeignRules } from '#local/iam/foreign-rules.ts';
import { readPolicy } from '#local/iam/read-statement.ts';
import { Observations } from '#local/observe/observations.ts';

const THEIRS = '444455556666';
const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/stripe';

/** A rule of another account on our bus, to a bus of its own. */
const rule = (changes: Partial<Rule> = {}): Rule => ({
  name: 'paid',
  arn: 'arn:aws:events:us-east-1:000000000000:rule/stripe/paid',
  bus: 'stripe',
  enabled: true,
  pattern: JSON.stringify({ source: ['stripe'] }),
  matches: () => true,
  targets: [target(`arn:aws:events:us-east-1:${THEIRS}:event-bus/own`)],
  tags: {},
  createdBy: THEIRS,
  ...changes,
});
const target = (arn: string) => ({
  ...{ id: 'Bus', arn, deadLetterArn: undefined, role: undefined, groupBy: undefined, input: undefined },
  ...{ maxRetries: 185, maxAge: 86_400 },
});

/** What the bus's policy lets accounts do, if they make rules for the source `stripe`. */
function admit(made: Rule, { actions = ['events:PutRule', 'events:PutTargets'] } = {}): void {
  const conditions = { 'ForAllValues:StringEquals': { 'events:source': 'stripe' }, Null: { 'events:source': 'false' } };
  const statements = readPolicy(
    'Bus',
    { Statement: { Effect: 'Allow', Principal: '*', Action: actions, Resource: '*', Condition: conditions } },
    (message) => new Error(message),
  );
  admitForeignRules([made], new AccessControl([{ kind: 'resource', arn: BUS, statements }], new Observations()));
}

describe("a rule that a stack makes on another account's bus", () => {
  it('is taken where the policy of the bus lets it', () => {
    expect(() => admit(rule())).not.toThrow();
  });

  it.each<[string, Rule, RegExp]>([
    [
      'for another source',
      rule({ pattern: '{"source":["stripe.thin"]}' }),
      /not authorized to perform: events:PutRule/,
    ],
    ['for one more source', rule({ pattern: '{"source":["stripe","stripe.thin"]}' }), /events:PutRule/],
    ['for any source', rule({ pattern: '{"detail-type":["invoice.paid"]}' }), /events:PutRule/],
    [
      'to a queue',
      rule({ targets: [target(`arn:aws:sqs:us-east-1:${THEIRS}:work`)] }),
      /none but a bus of its own account/,
    ],
    ["to a third account's bus", rule({ targets: [target(BUS)] }), /none but a bus of its own account/],
  ])('%s is refused', (_what, made, message) => {
    expect(() => admit(made)).toThrow(message);
  });

  it('is refused where the policy gives it no targets', () => {
    expect(() => admit(rule(), { actions: ['events:PutRule'] })).toThrow(/events:PutTargets/);
  });

  it('is not looked at where the bus is of the same account', () => {
    expect(() => admit(rule({ createdBy: '000000000000', pattern: '{}' }), { actions: [] })).not.toThrow();
  });
});
