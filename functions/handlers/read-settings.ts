import type { HandlerEnvironment } from '#shared/environment/handler-environment.ts';
import type { HandlerPorts } from './ports.ts';

/** A handler's settings out of its variables, which infra/ wrote. */
export function readSettings(
  variables: HandlerEnvironment,
): Pick<HandlerPorts, 'domain' | 'projection' | 'retrySchedule' | 'maxReceiveCount'> {
  return {
    domain: variables.DOMAIN,
    projection: JSON.parse(variables.PROJECTION),
    retrySchedule: JSON.parse(variables.RETRY_SCHEDULE),
    maxReceiveCount: Number(variables.MAX_RECEIVE_COUNT),
  };
}
