import type { JsonReader } from '../json-reader.ts';
import type { ResolvedAssembly } from './resolve-assembly.ts';
import { ACCEPTED, EMULATED, ENFORCED } from './resource-types.ts';
import type { Resource } from './template.ts';

/** Something in the templates that has no effect here although it would have one in an account. */
export interface Unsupported {
  /** `<stack>/<logical id>` */
  readonly resource: string;
  readonly type: string;
  readonly what: string;
}

/** Says what the runtime would silently do differently; an empty list means: nothing that a person need know of. */
export function listUnsupported({ resources }: ResolvedAssembly): Unsupported[] {
  return resources.flatMap((resource) => {
    const { stack, logicalId, type, properties } = resource;
    const found =
      EMULATED.has(type) || ENFORCED.has(type) ? (FEATURES[type]?.(properties) ?? []) : typeProblem(resource);
    return found.map((what) => ({ resource: `${stack}/${logicalId}`, type, what }));
  });
}

function typeProblem({ type }: Resource): string[] {
  return ACCEPTED.has(type) ? [] : ['the resource type is not emulated'];
}

const TARGETS = /:sqs:|:event-bus\/|:api-destination\/|:stateMachine:/;

const FEATURES: Readonly<Record<string, (properties: JsonReader) => string[]>> = {
  'AWS::ApiGatewayV2::Stage': (stage) =>
    unless(stage.string('StageName') === '$default', 'a stage with a path of its own'),
  'AWS::ApiGatewayV2::Api': (api) => unless(api.value.CorsConfiguration === undefined, 'CORS'),
  'AWS::ApiGatewayV2::Route': (route) =>
    unless((route.optionalString('AuthorizationType') ?? 'NONE') === 'NONE', 'an authorizer'),
  'AWS::ApiGatewayV2::Integration': (integration) => [
    ...unless(integration.optionalString('PayloadFormatVersion') === '2.0', 'a payload format other than 2.0'),
    ...unless(integration.optionalString('IntegrationType') === 'AWS_PROXY', 'an integration other than a function'),
  ],
  'AWS::Lambda::EventSourceMapping': (mapping) => [
    ...unless(mapping.value.FilterCriteria === undefined, 'filter criteria'),
    ...unless(mapping.string('EventSourceArn').includes(':sqs:'), 'an event source other than a queue'),
  ],
  'AWS::Events::Rule': (rule) => [
    ...unless(rule.value.ScheduleExpression === undefined, 'a schedule'),
    ...rule
      .objects('Targets')
      .flatMap((target) => [
        ...unless(
          TARGETS.test(target.string('Arn')),
          `a target other than a queue, a bus, an API destination or a state machine: ${target.string('Arn')}`,
        ),
        ...unless(target.value.HttpParameters === undefined, 'adding parameters to a request to an API destination'),
      ]),
  ],
  'AWS::Events::Connection': (connection) => [
    ...unless(connection.string('AuthorizationType') !== 'OAUTH_CLIENT_CREDENTIALS', 'OAuth'),
    ...unless(
      !JSON.stringify(connection.value.AuthParameters ?? {}).includes('{{resolve:'),
      'a secret by reference, which is sent as the text of the reference: looking it up',
    ),
  ],
  'AWS::Events::EventBus': (bus) => unless(bus.value.Policy === undefined, 'a policy within the bus'),
  'AWS::IAM::Role': (role) => [
    ...unless(role.value.PermissionsBoundary === undefined, 'a permissions boundary'),
    ...role
      .strings('ManagedPolicyArns')
      // Writing logs takes no right here.
      .filter((arn) => arn.includes(':iam::aws:') && !arn.endsWith('/AWSLambdaBasicExecutionRole'))
      .map((arn) => `what ${arn} allows is not known here; a statement of the role itself`),
  ],
  'AWS::S3::Bucket': (bucket) => unless(bucket.value.NotificationConfiguration === undefined, 'bucket notifications'),
  'AWS::DynamoDB::Table': (table) => unless(table.value.StreamSpecification === undefined, 'a stream'),
  'AWS::DynamoDB::GlobalTable': (table) => [
    ...unless(table.value.StreamSpecification === undefined, 'a stream'),
    ...unless(table.objects('Replicas').length <= 1, 'replicas in other regions'),
  ],
};

function unless(supported: boolean, feature: string): string[] {
  return supported ? [] : [`${feature} is not emulated`];
}
