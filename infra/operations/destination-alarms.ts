import type { Duration } from 'aws-cdk-lib';
import { destinationCheckName } from '#shared/naming/resource-names.ts';
import { destinationCheckDimensions } from '#shared/telemetry/metric-dimensions.ts';
import type { AlarmSpec } from './alarm-spec.ts';
import { functionMetric, ourMetric } from './metrics.ts';

/**
 * What the destination check found at Stripe, and whether it can look at all.
 * @param every how often it runs: each period of these alarms holds one run
 */
export function destinationAlarms(stage: string, every: Duration): AlarmSpec[] {
  const found = (name: string) => ourMetric(name, destinationCheckDimensions(stage), 'Maximum', every);
  return [
    // The events of each minute are gone for good, as far as webhooks go: one look is enough.
    { kind: 'destination-off', metric: found('DestinationsOff'), threshold: 0 },
    // A rotation or a new configuration is on its way for a while.
    { kind: 'destination-changed', metric: found('DestinationsChanged'), threshold: 0, datapoints: 4, of: 4 },
    { kind: 'deliveries-pending', metric: found('DeliveriesPending'), threshold: 0, datapoints: 4, of: 4 },
    {
      kind: 'destination-check-fails',
      metric: functionMetric(destinationCheckName(stage), 'Errors', 'Sum', every),
      threshold: 0,
      datapoints: 4,
      of: 4,
    },
  ];
}
