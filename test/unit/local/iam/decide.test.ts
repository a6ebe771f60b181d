import { describe, expect, it } from 'vitest';
import type { RequestContext } from '#local/iam/access.ts';
import { decide } from '#local/iam/decide.ts';
import { ADMINISTRATOR, type Principal } from '#local/iam/principal.ts';
import { readPolicy } from '#local/iam/read-statement.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:work';
const ROLE = 'arn:aws:iam::000000000000:role/worker';
const worker: Principal = {
  kind: 'role',
  arn: ROLE,
  session: 'worker',
  assumedBy: 'lambda.amazonaws.com',
  assumedFor: 'arn:aws:lambda:us-east-1:000000000000:function:worker',
};
const events: Principal = { kind: 'service', name: 'events.amazonaws.com' };

const allow = (more: object = {}) => ({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE, ...more });
const deny = (more: object = {}) => ({ ...allow(more), Effect: 'Deny' });
const policy = (...statements: object[]) => readPolicy('P', { Statement: statements }, (message) => new Error(message));

/** IAM's `${…}`, which is none of JavaScript's. */
const variable = (key: string) => `\${${key}}`;

interface Asked {
  readonly principal?: Principal;
  readonly identity?: readonly object[];
  readonly resource?: readonly object[];
  readonly on?: string;
  readonly action?: string;
  readonly context?: RequestContext;
  readonly isUnknown?: boolean;
}

function ask({ principal = worker, identity = [], resource = [], on = QUEUE, ...asked }: Asked) {
  const { action = 'sqs:SendMessage', context = {}, isUnknown } = asked;
  const policies = {
    identity: policy(...identity),
    resource: policy(...resource),
    ...(isUnknown !== undefined && { isUnknown }),
  };
  return decide({ principal, action, resource: on, context }, policies);
}
const allows = (asked: Asked) => ask(asked).allowed;
const identity = (statement: object) => ({ identity: [statement] });

describe('a role', () => {
  it('may do nothing that no policy allows', () => {
    expect(ask({})).toMatchObject({
      allowed: false,
      reason: 'because no identity-based policy allows the sqs:SendMessage action',
    });
  });

  it.each([
    ['its own policy', { identity: [allow()] }, true],
    ['the policy of the resource, by name', { resource: [allow({ Principal: { AWS: ROLE } })] }, true],
    ['the policy of the resource, for everybody', { resource: [allow({ Principal: '*' })] }, true],
    ['a policy for another role', { resource: [allow({ Principal: { AWS: `${ROLE}-2` } })] }, false],
    ['a policy for a service', { resource: [allow({ Principal: { Service: 'sqs.amazonaws.com' } })] }, false],
    ['a policy that leaves it to the account', { resource: [allow({ Principal: { AWS: '000000000000' } })] }, false],
  ])('is let in by %s: %o is %s', (_what, policies, allowed) => {
    expect(allows(policies)).toBe(allowed);
  });

  it.each([
    ['its own policy', { identity: [allow(), deny()] }, 'with an explicit deny in an identity-based policy'],
    [
      'the policy of the resource',
      { identity: [allow()], resource: [deny({ Principal: '*' })] },
      'with an explicit deny in a resource-based policy',
    ],
    [
      'a policy about its account',
      { identity: [allow()], resource: [deny({ Principal: { AWS: 'arn:aws:iam::000000000000:root' } })] },
      'with an explicit deny in a resource-based policy',
    ],
  ])('is kept out by a Deny in %s whatever else allows', (_what, policies, reason) => {
    expect(ask(policies)).toMatchObject({ allowed: false, reason, by: { effect: 'Deny' } });
  });

  it("needs its own policy for another account's resource", () => {
    const on = 'arn:aws:sqs:us-east-1:111122223333:theirs';

    expect(allows({ on, identity: [allow({ Resource: '*' })] })).toBe(true);
    expect(allows({ on, resource: [allow({ Resource: '*', Principal: '*' })] })).toBe(false);
  });
});

describe('a service', () => {
  const delivery = { Principal: { Service: 'events.amazonaws.com' } };

  it('may do what the policy of the resource allows it, and nothing else', () => {
    expect(allows({ principal: events, resource: [allow(delivery)] })).toBe(true);
    expect(allows({ principal: events, resource: [allow({ Principal: { AWS: ROLE } })] })).toBe(false);
    expect(ask({ principal: events })).toMatchObject({
      reason: 'because no resource-based policy allows the sqs:SendMessage action',
    });
  });

  it('may do what is its own unless a policy forbids it', () => {
    const own: Principal = { ...events, onItsOwn: true };

    expect(allows({ principal: own })).toBe(true);
    expect(allows({ principal: own, resource: [deny({ Principal: '*' })] })).toBe(false);
  });

  it.each([
    ['the rule it delivers for', 'arn:aws:events:us-east-1:000000000000:rule/bus/paid', true],
    ['a rule of another bus', 'arn:aws:events:us-east-1:000000000000:rule/other/paid', false],
    ['nothing', undefined, false],
  ])('is held to the source that a condition names: %s', (_what, source, allowed) => {
    const condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/bus/*' } };
    const context = source === undefined ? {} : { 'aws:SourceArn': source };

    expect(allows({ principal: events, resource: [allow({ ...delivery, Condition: condition })], context })).toBe(
      allowed,
    );
  });
});

describe('another account', () => {
  const theirs = 'arn:aws:sqs:us-east-1:111122223333:work';
  const across = { on: theirs, identity: [allow({ Resource: theirs })] };
  const lets = (Principal: object) => ({ resource: [allow({ Resource: theirs, Principal })] });

  it.each([
    ['its resource and the own policy', { ...across, ...lets({ AWS: ROLE }) }, true],
    ['its resource, for the whole account, and the own policy', { ...across, ...lets({ AWS: '000000000000' }) }, true],
    ['its resource alone', { on: theirs, ...lets({ AWS: ROLE }) }, false],
    ['the own policy alone', across, false],
    ['its resource, for a third account, and the own policy', { ...across, ...lets({ AWS: '222222222222' }) }, false],
  ])('lets a role in by %s: %o is %s', (_what, asked, allowed) => {
    expect(allows({ ...asked, isUnknown: false })).toBe(allowed);
  });

  it('whose templates are not here is taken to let in whom its own account lets out', () => {
    expect(allows(across)).toBe(true);
    expect(allows({ on: theirs })).toBe(false);
  });

  it('deploys what it likes at home, and elsewhere what it is let', () => {
    const principal: Principal = { kind: 'deployment', account: '111122223333' };

    expect(allows({ principal, on: theirs, isUnknown: false })).toBe(true);
    expect(allows({ principal, isUnknown: false })).toBe(false);
    expect(allows({ principal, isUnknown: false, resource: [allow({ Principal: '*' })] })).toBe(true);
  });
});

describe('an administrator', () => {
  it('may do everything that no policy forbids', () => {
    expect(allows({ principal: ADMINISTRATOR })).toBe(true);
    expect(allows({ principal: ADMINISTRATOR, resource: [deny({ Principal: { AWS: '*' } })] })).toBe(false);
  });
});

describe('a statement', () => {
  it.each([
    ['an action in another case', { Action: 'SQS:sendmessage' }, true],
    ['one of several actions', { Action: ['sqs:DeleteMessage', 'sqs:Send*'] }, true],
    ['an action with a wildcard that does not fit', { Action: 'sqs:Receive*' }, false],
    ['all actions but others', { Action: undefined, NotAction: 'sqs:DeleteMessage' }, true],
    ['all actions but this one', { Action: undefined, NotAction: ['sqs:SendMessage'] }, false],
    ['all resources', { Resource: '*' }, true],
    ['a resource with wildcards', { Resource: 'arn:aws:sqs:*:000000000000:wor?' }, true],
    ['another resource', { Resource: `${QUEUE}-2` }, false],
    ['a dot that stands for itself', { Resource: QUEUE.replace('work', 'w.rk') }, false],
    ['all resources but others', { Resource: undefined, NotResource: `${QUEUE}-*` }, true],
    ['all resources but this one', { Resource: undefined, NotResource: QUEUE }, false],
  ])('is about %s', (_what, elements, allowed) => {
    expect(allows(identity(allow(elements)))).toBe(allowed);
  });

  it.each([
    ['NotPrincipal', { NotPrincipal: '*' }],
    ['policy variables outside of conditions', { Resource: `arn:aws:s3:::home/${variable('aws:username')}` }],
    ['condition operator IpAddress', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }],
    ['kind Federated', { Principal: { Federated: 'cognito-identity.amazonaws.com' } }],
    ['Effect is "Perhaps"', { Effect: 'Perhaps' }],
  ])('is refused, not passed over, where it says what cannot be evaluated here: %s', (what, elements) => {
    expect(() => policy(allow(elements))).toThrow(what);
  });
});

describe('a condition', () => {
  it.each<[string, object, RequestContext, boolean]>([
    ['equals', { StringEquals: { k: ['a', 'b'] } }, { k: 'b' }, true],
    ['equals, in another case', { StringEquals: { k: 'a' } }, { k: 'A' }, false],
    ['equals, whatever the case of the key', { StringEquals: { 'Aws:K': 'a' } }, { 'aws:k': 'a' }, true],
    ['equals, of an absent key', { StringEquals: { k: 'a' } }, {}, false],
    ['equals, if it exists', { StringEqualsIfExists: { k: 'a' } }, {}, true],
    ['equals, if it exists and differs', { StringEqualsIfExists: { k: 'a' } }, { k: 'b' }, false],
    ['equals, ignoring case', { StringEqualsIgnoreCase: { k: 'a' } }, { k: 'A' }, true],
    ['does not equal any', { StringNotEquals: { k: ['a', 'b'] } }, { k: 'c' }, true],
    ['does not equal one of two', { StringNotEquals: { k: ['a', 'b'] } }, { k: 'b' }, false],
    ['does not equal, of an absent key', { StringNotEquals: { k: 'a' } }, {}, true],
    ['is like', { StringLike: { k: 'stripe*' } }, { k: 'stripe.thin' }, true],
    ['is not like', { StringNotLike: { k: 'stripe*' } }, { k: 'stripe.thin' }, false],
    ['is true', { Bool: { k: 'true' } }, { k: 'true' }, true],
    ['is true, of an absent key', { Bool: { k: 'false' } }, {}, false],
    ['equals a variable', { StringEquals: { k: variable('other') } }, { k: 'b', other: 'b' }, true],
    ['equals a variable that differs', { StringEquals: { k: variable('other') } }, { k: 'b', other: 'c' }, false],
    ['equals a variable that is absent', { StringEquals: { k: variable('other') } }, { k: '' }, false],
    ['is absent', { Null: { k: 'true' } }, {}, true],
    ['is present', { Null: { k: 'false' } }, {}, false],
    ['is an ARN like', { ArnLike: { k: 'arn:aws:sqs:*:*:a*' } }, { k: 'arn:aws:sqs:r:1:ab' }, true],
    ['is an ARN like, part by part', { ArnLike: { k: 'arn:aws:*:a' } }, { k: 'arn:aws:sqs:r:1:a' }, false],
    [
      'is an ARN with colons at its end',
      { ArnEquals: { k: 'arn:aws:logs:r:1:g:*' } },
      { k: 'arn:aws:logs:r:1:g:s:t' },
      true,
    ],
    ['is not an ARN', { ArnNotEquals: { k: 'arn:aws:sqs:r:1:a' } }, { k: 'arn:aws:sqs:r:1:a' }, false],
    ['is less', { NumericLessThan: { k: '10' } }, { k: '9' }, true],
    ['equals, of a key with several values', { StringEquals: { k: 'a' } }, { k: ['a'] }, false],
    ['is any of them', { 'ForAnyValue:StringEquals': { k: 'a' } }, { k: ['b', 'a'] }, true],
    ['is any of none', { 'ForAnyValue:StringEquals': { k: 'a' } }, {}, false],
    ['is all of them', { 'ForAllValues:StringEquals': { k: ['a'] } }, { k: ['b', 'a'] }, false],
    ['is all of none', { 'ForAllValues:StringEquals': { k: ['a'] } }, {}, true],
    ['and another one', { StringEquals: { k: 'a' }, Bool: { l: 'true' } }, { k: 'a', l: 'false' }, false],
    ['on two keys', { StringEquals: { k: 'a', l: 'b' } }, { k: 'a', l: 'b' }, true],
  ])('holds or not: %s, %o of %o is %s', (_what, Condition, context, allowed) => {
    expect(allows({ identity: [allow({ Condition })], context })).toBe(allowed);
  });
});
