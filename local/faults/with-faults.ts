import type { ServiceName } from '../aws/aws-call.ts';
import { AwsError } from '../aws/aws-error.ts';
import type { Faults } from './faults.ts';

/**
 * Lets what the runtime does for itself (delivery to a queue, an event-source poller's delete) meet the same faults
 * as a client's request. Without a connection that could hang or close, `hang` is an error before the work and
 * `drop-answer` one after it.
 * @throws {AwsError} the fault's error
 */
export async function withFaults<T>(
  faults: Faults,
  service: ServiceName,
  operation: string,
  text: () => string,
  work: () => T | Promise<T>,
): Promise<T> {
  const fault = faults.take({ service, operation, text });
  if (!fault) return await work();
  if (fault.error === 'drop-answer') await work();
  const code = ['hang', 'drop-answer'].includes(fault.error) ? 'RequestTimeout' : fault.error;
  throw new AwsError(code, `Injected fault: ${fault.error} for ${service} ${operation}.`);
}
