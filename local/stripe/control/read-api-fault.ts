import type { JsonReader } from '../../json-reader.ts';
import type { ApiFault } from '../api/api-faults.ts';
import { EmissionRefused } from '../emit/emission.ts';

const ANSWERS = [400, 401, 403, 404, 409, 429, 500, 502, 503, 'hang', 'drop', 'normal'] as const;

/**
 * Reads a fault of the API from JSON; numbers may be text.
 * @throws {EmissionRefused} naming the field that is wrong
 */
export function readApiFault(input: JsonReader): ApiFault {
  const path = input.string('path');
  if (!path.startsWith('/'))
    throw new EmissionRefused(`path is "${path}"; the start of a path was expected: /v1/invoices.`);
  const answer = ANSWERS.find((name) => String(name) === String(input.value.answer));
  if (answer === undefined) throw new EmissionRefused(`answer must be one of ${ANSWERS.join(', ')}.`);
  const times = input.value.times === 'always' ? 'always' : (input.optionalNumber('times') ?? 1);
  if (times !== 'always' && (!Number.isInteger(times) || times < 1)) {
    throw new EmissionRefused(`times is ${times}; a whole number from 1, or "always", was expected.`);
  }
  return {
    path,
    answer,
    times,
    latencyMs: input.optionalNumber('latencyMs'),
    retryAfter: input.optionalNumber('retryAfter'),
    shouldRetry: input.optionalBoolean('shouldRetry'),
    message: input.optionalString('message'),
  };
}
