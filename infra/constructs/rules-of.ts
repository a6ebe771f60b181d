import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';

/** ARN pattern of all rules of a bus, in the account and Region of the bus's stack. */
export function rulesOf(bus: EventBus): string {
  return Stack.of(bus).formatArn({
    service: 'events',
    resource: 'rule',
    resourceName: `${bus.eventBusName}/*`,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
}
