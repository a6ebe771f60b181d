import type { AwsCall } from '../aws/aws-call.ts';
import { AwsError } from '../aws/aws-error.ts';
import { JsonReader } from '../json-reader.ts';
import type { Requirement } from './access.ts';

/** What has to be looked up to name a resource. */
export interface KnownResources {
  /** @returns the ARN of a secret named by name or ARN; `undefined` when there is none */
  secretArn(id: string): string | undefined;
  /** @returns the ARN of the function that an event-source mapping feeds; `undefined` when there is none */
  mappedFunction(mappingId: string): string | undefined;
}

/** What an operation's caller must be allowed: all of it. An empty list: nothing. */
export type RequirementRule = (call: AwsCall, known: KnownResources) => readonly Requirement[];

/** A service's operations, each with its rule. */
export type RequirementRules = Readonly<Record<string, RequirementRule>>;

/**
 * The parameters of a call in a JSON protocol.
 * @throws {AwsError} the body is no JSON object
 */
export function inputOf({ body }: AwsCall): JsonReader {
  const invalid = (message: string) => new AwsError('SerializationException', message);
  try {
    return new JsonReader(JSON.parse(body.toString('utf8') || '{}'), invalid);
  } catch (thrown) {
    throw thrown instanceof AwsError ? thrown : invalid('The request body is not JSON.');
  }
}

/** A rule for an action that knows no resource. */
export function onAnything(action: string): RequirementRule {
  return () => [{ action, resource: '*' }];
}
