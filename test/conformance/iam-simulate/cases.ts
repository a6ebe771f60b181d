import type { Access, RequestContext } from '#local/iam/access.ts';
import { contextOf, type Principal } from '#local/iam/principal.ts';
import { type Random, seededRandom } from '#shared/random/seeded-random.ts';

/** A request, and the two policies that it meets. */
export interface Case {
  readonly access: Access;
  readonly identity: readonly object[];
  readonly resource: readonly object[];
}

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:work';
const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/orders';
const OBJECT = 'arn:aws:s3:::files/events/evt_1.json';
const REQUESTS = [
  ['sqs:SendMessage', QUEUE],
  ['sqs:ReceiveMessage', QUEUE],
  ['events:PutEvents', BUS],
  ['s3:GetObject', OBJECT],
  ['s3:PutObject', OBJECT],
] as const;
const ACTIONS = [
  'sqs:SendMessage',
  'sqs:*',
  'sqs:Receive*',
  'SQS:sendmessage',
  'events:PutEvents',
  's3:?etObject',
  '*',
];
const RESOURCES = [QUEUE, BUS, OBJECT, '*', 'arn:aws:sqs:*:*:w?rk', 'arn:aws:s3:::files/events/*', `${QUEUE}-dlq`];
const ROLE = 'arn:aws:iam::000000000000:role/worker';
const PRINCIPALS = ['*', { AWS: '*' }, { AWS: ROLE }, { AWS: `${ROLE}-2` }, { Service: 'events.amazonaws.com' }];
const RULE = 'arn:aws:events:us-east-1:000000000000:rule/orders/paid';
/** Each key with texts that policies and requests say of it. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'aws:SourceArn': [RULE, 'arn:aws:events:us-east-1:000000000000:rule/orders/*', 'arn:aws:events:*:*:rule/other/*'],
  'aws:SourceAccount': ['000000000000', '111122223333'],
  'aws:PrincipalArn': [ROLE, `${ROLE}-2`],
  'events:source': ['stripe', 'stripe.thin', 'other', 'stripe*'],
};
const OPERATORS = ['Equals', 'NotEquals', 'Like', 'NotLike', 'EqualsIfExists', 'NotEqualsIfExists'];

/** Random requests and policies, the same for a seed. */
export function randomCases(count: number, seed: number): Case[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => randomCase(random));
}

function randomCase(random: Random): Case {
  const { pick, chance, below } = random;
  const some = <T>(from: readonly T[]) => Array.from({ length: 1 + below(2) }, () => pick(from));
  const [action, resource] = pick(REQUESTS);
  const isPublishing = action === 'events:PutEvents';
  const principal: Principal = pick<Principal>([
    { kind: 'role', arn: ROLE, session: 'worker', assumedBy: 'lambda.amazonaws.com', assumedFor: '' },
    { kind: 'service', name: 'events.amazonaws.com' },
  ]);
  const condition = () => {
    const key = pick(Object.keys(KEYS).filter((name) => isPublishing || name !== 'events:source'));
    const isMany = key === 'events:source';
    const kind = key.endsWith('Arn') ? 'Arn' : 'String';
    const set = isMany ? pick(['ForAllValues:', 'ForAnyValue:']) : '';
    // IAM does not say what a set of values does under a negation, nor `IfExists` after `ForAllValues:`.
    const operator = isMany ? pick(['Equals', 'Like']) : pick(OPERATORS);
    if (chance(0.15)) return { Null: { [key]: pick(['true', 'false']) } };
    return { [`${set}${kind}${operator}`]: { [key]: some(KEYS[key] ?? []) } };
  };
  const statement = (more: object) => ({
    Effect: chance(0.75) ? 'Allow' : 'Deny',
    Action: chance(0.5) ? action : some(ACTIONS),
    Resource: chance(0.5) ? resource : some(RESOURCES),
    ...(chance(0.6) && { Condition: condition() }),
    ...more,
  });
  const context: RequestContext = {
    ...(chance(0.5) && { 'aws:SourceArn': RULE, 'aws:SourceAccount': pick(['000000000000', '111122223333']) }),
    ...(isPublishing && { 'events:source': some(['stripe', 'stripe.thin', 'other']) }),
  };
  return {
    access: { principal, action, resource, context: { ...contextOf(principal), ...context } },
    identity: principal.kind === 'role' ? some([0]).map(() => statement({})) : [],
    resource: chance(0.7) ? some([0]).map(() => statement({ Principal: pick(PRINCIPALS) })) : [],
  };
}
