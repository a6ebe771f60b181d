import { JsonReader } from '../json-reader.ts';

/** When a queue gives a message up, and to which queue. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/**
 * Reads a redrive policy: an object in templates, JSON text in the API.
 * @param fail makes the error for a policy that cannot be read
 */
export function readRedrivePolicy(value: unknown, fail: (message: string) => Error): RedrivePolicy | undefined {
  if (value === undefined || value === '') return undefined;
  const policy = new JsonReader(typeof value === 'string' ? parse(value, fail) : value, fail);
  const deadLetterTargetArn = policy.string('deadLetterTargetArn');
  return { deadLetterTargetArn, maxReceiveCount: policy.optionalNumber('maxReceiveCount') ?? 10 };
}

function parse(text: string, fail: (message: string) => Error): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw fail('RedrivePolicy is not JSON.');
  }
}
