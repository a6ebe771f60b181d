import type { DeliveryCheckEnvironment } from '#shared/environment/delivery-check-environment.ts';
import type { DeliveryCheckPorts } from './check-delivery.ts';

/** The check's settings out of its variables, which infra/ wrote. */
export function readSettings(
  variables: DeliveryCheckEnvironment,
): Omit<DeliveryCheckPorts, 'metrics' | 'replays' | 'telemetry' | 'clock'> {
  return {
    stage: variables.STAGE,
    destinations: JSON.parse(variables.DESTINATIONS),
    authorizers: JSON.parse(variables.AUTHORIZERS),
    partnerSources: JSON.parse(variables.PARTNER_SOURCES),
    handledDomains: JSON.parse(variables.HANDLED_DOMAINS),
    queueOwners: JSON.parse(variables.QUEUE_OWNERS),
  };
}
