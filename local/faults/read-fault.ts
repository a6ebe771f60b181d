import { AwsError } from '../aws/aws-error.ts';
import type { JsonReader } from '../json-reader.ts';
import type { Fault } from './fault.ts';

const SERVICES = ['dynamodb', 'events', 's3', 'secretsmanager', 'sqs'] as const;

/**
 * Reads a fault from the body of `POST /_local/faults`.
 * @throws {AwsError} naming the field that is wrong
 */
export function readFault(input: JsonReader): Fault {
  const service = SERVICES.find((name) => name === input.string('service'));
  if (!service) throw new AwsError('ValidationException', `service must be one of ${SERVICES.join(', ')}.`);
  const times = input.value.times === 'always' ? 'always' : (input.optionalNumber('times') ?? 1);
  if (times !== 'always' && (!Number.isInteger(times) || times < 1)) {
    throw new AwsError('ValidationException', `times is ${times}; a whole number from 1, or "always", was expected.`);
  }
  const skip = input.optionalNumber('skip') ?? 0;
  if (!Number.isInteger(skip) || skip < 0) {
    throw new AwsError('ValidationException', `skip is ${skip}; a whole number from 0 was expected.`);
  }
  return {
    service,
    operation: input.string('operation'),
    match: input.optionalString('match'),
    ...(skip > 0 && { skip }),
    times,
    error: input.string('error'),
  };
}
