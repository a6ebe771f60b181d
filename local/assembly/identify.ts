import { createHash } from 'node:crypto';
import type { JsonReader } from '../json-reader.ts';
import { ACCOUNT, arn, globalArn, PARTITION } from './account.ts';

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

type Identify = (properties: JsonReader, generated: string, addresses: Addresses) => Identity;

const IDENTITIES: Readonly<Record<string, Identify>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': (properties, generated, { aws }) => {
    const name = properties.optionalString('QueueName') ?? generated;
    // The host is our own, so that clients which follow the queue URL's host stay on this machine.
    const url = `${aws}/${ACCOUNT}/${name}`;
    return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
  },
  'AWS::S3::Bucket': (properties, generated) => {
    const name = properties.optionalString('BucketName') ?? generated.toLowerCase().slice(0, 63);
    return { ref: name, attributes: { Arn: `arn:${PARTITION}:s3:::${name}` } };
  },
  'AWS::Events::EventBus': (properties) => {
    const name = properties.string('Name');
    return { ref: name, attributes: { Name: name, Arn: arn('events', `event-bus/${name}`) } };
  },
  'AWS::Events::Rule': (properties, generated) => {
    const name = properties.optionalString('Name') ?? generated;
    // A name, which of a partner bus has slashes in it, or an ARN.
    const bus = properties.optionalString('EventBusName')?.replace(/^arn:[^/]*:event-bus\//, '') ?? 'default';
    const path = bus === 'default' ? name : `${bus}/${name}`;
    return { ref: bus === 'default' ? name : `${bus}|${name}`, attributes: { Arn: arn('events', `rule/${path}`) } };
  },
  'AWS::Events::Archive': (properties, generated) => {
    const name = properties.optionalString('ArchiveName') ?? generated;
    return { ref: name, attributes: { ArchiveName: name, Arn: arn('events', `archive/${name}`) } };
  },
  'AWS::SecretsManager::Secret': (properties, generated) => {
    const name = properties.optionalString('Name') ?? generated;
    const id = arn('secretsmanager', `secret:${name}-${shortHash(name)}`);
    return { ref: id, attributes: { Id: id } };
  },
  'AWS::Lambda::Function': (properties, generated) => {
    const name = properties.optionalString('FunctionName') ?? generated.slice(0, 64);
    return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
  },
  'AWS::ApiGatewayV2::Api': (_properties, generated, { api }) => {
    const id = shortHash(generated);
    return { ref: id, attributes: { ApiId: id, ApiEndpoint: api } };
  },
  'AWS::ApiGatewayV2::Stage': (properties) => ({ ref: properties.string('StageName'), attributes: {} }),
  'AWS::IAM::Role': (properties, generated) => {
    const name = properties.optionalString('RoleName') ?? generated;
    return { ref: name, attributes: { Arn: globalArn('iam', `role/${name}`), RoleId: shortHash(name) } };
  },
  'AWS::IAM::ManagedPolicy': (properties, generated) => {
    const id = globalArn('iam', `policy/${properties.optionalString('ManagedPolicyName') ?? generated}`);
    return { ref: id, attributes: { PolicyArn: id } };
  },
};

/** What `Ref` and `Fn::GetAtt` give for a resource. Types without a row get a generated name and ARN. */
export function identify(
  type: string,
  properties: JsonReader,
  stackName: string,
  logicalId: string,
  addresses: Addresses,
): Identity {
  const generated = `${stackName}-${logicalId}`;
  const known = IDENTITIES[type]?.(properties, generated, addresses);
  if (known) return known;
  const service = type.split('::')[1]?.toLowerCase() ?? 'local';
  return { ref: generated, attributes: { Arn: arn(service, generated) } };
}

function table(properties: JsonReader, generated: string): Identity {
  const name = properties.optionalString('TableName') ?? generated;
  return { ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`) } };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}
