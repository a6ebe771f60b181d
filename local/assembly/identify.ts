import { createHash } from 'node:crypto';
import type { JsonReader } from '../json-reader.ts';
import { accountIn, arn, globalArn, PARTITION } from './account.ts';

/** Where the runtime's two servers listen. */
export interface Addresses {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly aws: string;
  readonly api: string;
}

export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where a resource is. */
interface Place extends Addresses {
  readonly account: string;
}

type Identify = (properties: JsonReader, generated: string, place: Place) => Identity;

const IDENTITIES: Readonly<Record<string, Identify>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': (properties, generated, { aws, account }) => {
    const name =
      properties.optionalString('QueueName') ?? `${generated}${properties.optionalBoolean('FifoQueue') ? '.fifo' : ''}`;
    // The host is our own, so that clients which follow the queue URL's host stay on this machine.
    const url = `${aws}/${account}/${name}`;
    return { ref: url, attributes: { Arn: arn('sqs', name, account), QueueName: name, QueueUrl: url } };
  },
  'AWS::S3::Bucket': (properties, generated) => {
    const name = properties.optionalString('BucketName') ?? generated.toLowerCase().slice(0, 63);
    return { ref: name, attributes: { Arn: `arn:${PARTITION}:s3:::${name}` } };
  },
  'AWS::Events::EventBus': (properties, _generated, { account }) => {
    const name = properties.string('Name');
    return { ref: name, attributes: { Name: name, Arn: arn('events', `event-bus/${name}`, account) } };
  },
  'AWS::Events::Rule': (properties, generated, { account }) => {
    const name = properties.optionalString('Name') ?? generated;
    // A name, which of a partner bus has slashes in it, or an ARN.
    const given = properties.optionalString('EventBusName');
    const bus = given?.replace(/^arn:[^/]*:event-bus\//, '') ?? 'default';
    // A rule is where its bus is, whoever makes it.
    const owner = given?.startsWith('arn:') ? accountIn(given) : account;
    const path = bus === 'default' ? name : `${bus}/${name}`;
    return {
      ref: bus === 'default' ? name : `${bus}|${name}`,
      attributes: { Arn: arn('events', `rule/${path}`, owner) },
    };
  },
  'AWS::Events::Connection': (properties, generated, { account }) => {
    const name = properties.optionalString('Name') ?? generated;
    const [id, secret] = [`connection/${name}/${shortHash(name)}`, `secret:events!connection/${name}`];
    return {
      ref: name,
      attributes: { Arn: arn('events', id, account), SecretArn: arn('secretsmanager', secret, account) },
    };
  },
  'AWS::Events::ApiDestination': (properties, generated, { account }) => {
    const name = properties.optionalString('Name') ?? generated;
    const id = arn('events', `api-destination/${name}/${shortHash(name)}`, account);
    return { ref: name, attributes: { Arn: id, ArnForPolicy: arn('events', `api-destination/${name}`, account) } };
  },
  'AWS::StepFunctions::StateMachine': (properties, generated, { account }) => {
    const name = properties.optionalString('StateMachineName') ?? generated;
    const id = arn('states', `stateMachine:${name}`, account);
    return { ref: id, attributes: { Arn: id, Name: name } };
  },
  'AWS::Events::Archive': (properties, generated, { account }) => {
    const name = properties.optionalString('ArchiveName') ?? generated;
    return { ref: name, attributes: { ArchiveName: name, Arn: arn('events', `archive/${name}`, account) } };
  },
  'AWS::SecretsManager::Secret': (properties, generated, { account }) => {
    const name = properties.optionalString('Name') ?? generated;
    const id = arn('secretsmanager', `secret:${name}-${shortHash(name)}`, account);
    return { ref: id, attributes: { Id: id } };
  },
  'AWS::Lambda::Function': (properties, generated, { account }) => {
    const name = properties.optionalString('FunctionName') ?? generated.slice(0, 64);
    return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`, account) } };
  },
  // There is one version of the code here; an alias is another name for it.
  'AWS::Lambda::Version': (properties) => {
    const id = arn('lambda', `function:${properties.string('FunctionName')}:1`);
    return { ref: id, attributes: { Version: '1', FunctionArn: id } };
  },
  'AWS::Lambda::Alias': (properties) => {
    const id = arn('lambda', `function:${properties.string('FunctionName')}:${properties.string('Name')}`);
    return { ref: id, attributes: { AliasArn: id } };
  },
  'AWS::ApiGatewayV2::Api': (_properties, generated, { api }) => {
    const id = shortHash(generated);
    return { ref: id, attributes: { ApiId: id, ApiEndpoint: api } };
  },
  'AWS::ApiGatewayV2::Stage': (properties) => ({ ref: properties.string('StageName'), attributes: {} }),
  'AWS::IAM::Role': (properties, generated, { account }) => {
    const name = properties.optionalString('RoleName') ?? generated;
    return { ref: name, attributes: { Arn: globalArn('iam', `role/${name}`, account), RoleId: shortHash(name) } };
  },
  'AWS::IAM::ManagedPolicy': (properties, generated, { account }) => {
    const id = globalArn('iam', `policy/${properties.optionalString('ManagedPolicyName') ?? generated}`, account);
    return { ref: id, attributes: { PolicyArn: id } };
  },
};

/**
 * What `Ref` and `Fn::GetAtt` give for a resource. Types without a row get a generated name and ARN.
 * @param generated name, for a resource that names none
 */
export function identify(type: string, properties: JsonReader, generated: string, place: Place): Identity {
  const known = IDENTITIES[type]?.(properties, generated, place);
  if (known) return known;
  const service = type.split('::')[1]?.toLowerCase() ?? 'local';
  return { ref: generated, attributes: { Arn: arn(service, generated, place.account) } };
}

function table(properties: JsonReader, generated: string, { account }: Place): Identity {
  const name = properties.optionalString('TableName') ?? generated;
  return { ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`, account) } };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}
