import { arn, globalArn, PARTITION } from '../assembly/account.ts';
import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';
import { ENFORCED } from '../assembly/resource-types.ts';
import type { Resource } from '../assembly/template.ts';
import { TemplateError } from '../assembly/template-error.ts';
import { busName } from '../events/read-entry.ts';
import { queueArn } from '../sqs/queue-arn.ts';
import { lambdaPermission } from './lambda-permission.ts';
import { readPolicy, readStatement } from './read-statement.ts';
import type { Statement } from './statement.ts';

/** A policy, and whose it is. */
export interface AttachedPolicy {
  /** `identity`: what a role may do. `resource`: who may do something with a resource, or assume a role. */
  readonly kind: 'identity' | 'resource';
  /** ARN of the role or the resource. */
  readonly arn: string;
  readonly statements: readonly Statement[];
}

type Read = (resource: Resource, id: string, fail: (message: string) => Error) => AttachedPolicy[];

const READERS: Readonly<Record<string, Read>> = {
  'AWS::IAM::Role': ({ properties, attributes: { Arn = '' } }, id, fail) => [
    ofResource(Arn, readPolicy(`${id}/trust`, properties.value.AssumeRolePolicyDocument, fail)),
    ...properties.objects('Policies').map((policy) => {
      const name = policy.string('PolicyName');
      return ofRole(Arn, readPolicy(`${id}/${name}`, policy.value.PolicyDocument, fail));
    }),
  ],
  'AWS::IAM::Policy': ({ properties, account }, id, fail) => {
    const statements = readPolicy(id, properties.value.PolicyDocument, fail);
    return properties.strings('Roles').map((role) => ofRole(roleArn(role, account), statements));
  },
  'AWS::SQS::QueuePolicy': ({ properties }, id, fail) => {
    const statements = readPolicy(id, properties.value.PolicyDocument, fail);
    return properties.strings('Queues').map((url) => ofResource(queueArn(url), statements));
  },
  'AWS::Events::EventBusPolicy': ({ properties, account }, id, fail) => {
    const bus = arn('events', `event-bus/${busName(properties.optionalString('EventBusName'))}`, account);
    const named = properties.optionalString('Principal');
    // The older form names an account and an action, and allows.
    const older = { Effect: 'Allow', Principal: named === '*' ? '*' : { AWS: named }, Resource: bus };
    const { Statement = { ...older, Action: properties.value.Action } } = properties.value;
    return [ofResource(bus, [readStatement(id, Statement, properties.string('StatementId'), fail)])];
  },
  'AWS::S3::BucketPolicy': ({ properties }, id, fail) => [
    ofResource(
      `arn:${PARTITION}:s3:::${properties.string('Bucket')}`,
      readPolicy(id, properties.value.PolicyDocument, fail),
    ),
  ],
  'AWS::SecretsManager::ResourcePolicy': ({ properties }, id, fail) => [
    ofResource(properties.string('SecretId'), readPolicy(id, properties.value.ResourcePolicy, fail)),
  ],
  'AWS::Lambda::Permission': ({ properties }, id, fail) => {
    const { arn: functionArn, statement } = lambdaPermission(properties);
    return [ofResource(functionArn, [readStatement(id, statement, 'permission', fail)])];
  },
};

/**
 * The policies of all templates.
 * @throws {TemplateError} one that cannot be read, or says what this runtime cannot evaluate
 */
export function policiesFrom(assembly: ResolvedAssembly): AttachedPolicy[] {
  const roles = resourcesOf(assembly, 'AWS::IAM::Role');
  return resourcesOf(assembly, ...ENFORCED).flatMap((resource) => {
    const id = `${resource.stack}/${resource.logicalId}`;
    const fail = (message: string) => new TemplateError(`${id}: ${message}`);
    const read = READERS[resource.type];
    return read ? read(resource, id, fail) : managedPolicy(resource, roles, id, fail);
  });
}

/** A managed policy names its roles, or they name it. */
function managedPolicy(
  { properties, ref, account }: Resource,
  roles: readonly Resource[],
  ...[id, fail]: [string, Fail]
) {
  const statements = readPolicy(id, properties.value.PolicyDocument, fail);
  const holders = roles.filter((role) => role.properties.strings('ManagedPolicyArns').includes(ref));
  const arns = [
    ...properties.strings('Roles').map((role) => roleArn(role, account)),
    ...holders.map((role) => role.attributes.Arn ?? ''),
  ];
  return arns.map((role) => ofRole(role, statements));
}

type Fail = (message: string) => Error;

function ofRole(role: string, statements: readonly Statement[]): AttachedPolicy {
  return { kind: 'identity', arn: role, statements };
}

function ofResource(resource: string, statements: readonly Statement[]): AttachedPolicy {
  return { kind: 'resource', arn: resource, statements };
}

function roleArn(name: string, account: string): string {
  return globalArn('iam', `role/${name}`, account);
}
