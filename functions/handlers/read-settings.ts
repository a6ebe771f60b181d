import { HANDLER_NAMES } from '#shared/catalogue/domains.ts';
import type { HandlerEnvironment } from '#shared/environment/handler-environment.ts';
import type { HandlerPorts } from './ports.ts';

/** A handler's settings out of its variables, which infra/ wrote. */
export function readSettings(
  variables: HandlerEnvironment,
): Pick<HandlerPorts, 'domain' | 'projection' | 'freshness' | 'retrySchedule' | 'maxReceiveCount'> {
  const domain = HANDLER_NAMES.find((name) => name === variables.DOMAIN);
  if (domain === undefined)
    throw new Error(`DOMAIN is ${variables.DOMAIN}: ${HANDLER_NAMES.join(', ')} were expected.`);
  return {
    domain,
    projection: JSON.parse(variables.PROJECTION),
    freshness: variables.FRESHNESS === 'latest' ? 'latest' : 'event',
    retrySchedule: JSON.parse(variables.RETRY_SCHEDULE),
    maxReceiveCount: Number(variables.MAX_RECEIVE_COUNT),
  };
}
