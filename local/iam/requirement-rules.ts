import type { AwsCall, ServiceName } from '../aws/aws-call.ts';
import { AwsError } from '../aws/aws-error.ts';
import { JsonReader } from '../json-reader.ts';
import type { Requirement } from './access.ts';

/** What has to be looked up to name a resource. */
export interface KnownResources {
  /** @returns the ARN of a secret named by name or ARN; `undefined` when there is none */
  secretArn(id: string): string | undefined;
  /** @returns name of the attribute that a table is partitioned by; `undefined` when there is no such table */
  partitionKeyOf(table: string): string | undefined;
  /** @returns the ARN of the function that an event-source mapping feeds; `undefined` when there is none */
  mappedFunction(mappingId: string): string | undefined;
}

/** What an operation's caller must be allowed: all of it. An empty list: nothing. */
export type RequirementRule = (call: AwsCall, known: KnownResources) => readonly Requirement[];

/** A service's operations, each with its rule. */
export type RequirementRules = Readonly<Record<string, RequirementRule>>;

/** What each service calls a parameter that is missing or of the wrong type. */
const INVALID_INPUT: Readonly<Record<ServiceName, string>> = {
  dynamodb: 'ValidationException',
  events: 'ValidationException',
  lambda: 'InvalidParameterValueException',
  logs: 'InvalidParameterException',
  s3: 'InvalidArgument',
  secretsmanager: 'InvalidParameterException',
  sqs: 'InvalidParameterValue',
};

/**
 * The parameters of a call in a JSON protocol. Whoever's call cannot be understood is refused before the service sees
 * it: what resource it is about is not known.
 * @throws {AwsError} the body is no JSON object, or a parameter that is read from it is missing or of the wrong type
 */
export function inputOf({ service, body }: AwsCall): JsonReader {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON.');
  }
  return new JsonReader(value, (message) => new AwsError(INVALID_INPUT[service], message));
}

/** A rule for an action that knows no resource. */
export function onAnything(action: string): RequirementRule {
  return () => [{ action, resource: '*' }];
}
