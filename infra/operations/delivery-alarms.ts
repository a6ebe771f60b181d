import type { Duration } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { deliveryCheckName } from '#shared/naming/resource-names.ts';
import { deliveryCheckDimensions } from '#shared/telemetry/metric-dimensions.ts';
import type { AlarmSpec } from './alarm-spec.ts';
import { functionMetric, ourMetric } from './metrics.ts';

/**
 * What the delivery check found, and whether it can look at all.
 * @param every how often it runs: each period of these alarms holds one run
 */
export function deliveryAlarms(stage: string, every: Duration): AlarmSpec[] {
  const found = (name: string) => ourMetric(name, deliveryCheckDimensions(stage), 'Maximum', every);
  return [
    // A loss stays in the check's window for a day; what the second look no longer sees was a late metric.
    { kind: 'not-delivered', metric: found('Undelivered'), threshold: 0, datapoints: 2, of: 3 },
    {
      kind: 'expire-soon',
      metric: found('RetentionUsedPercent'),
      threshold: 50,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // A run that comes a little late must not look like an end.
      datapoints: 1,
      of: 2,
    },
    {
      kind: 'delivery-check-fails',
      metric: functionMetric(deliveryCheckName(stage), 'Errors', 'Sum', every),
      threshold: 0,
      datapoints: 2,
      of: 3,
    },
  ];
}
