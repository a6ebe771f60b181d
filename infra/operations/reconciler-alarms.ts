import { Duration } from 'aws-cdk-lib';
import { reconcilerName } from '#shared/naming/resource-names.ts';
import { reconcilerDimensions } from '#shared/telemetry/metric-dimensions.ts';
import type { AlarmSpec } from './alarm-spec.ts';
import { functionMetric, ourMetric } from './metrics.ts';

/** What the reconciler found and mended, and whether it can compare at all. Its rounds begin once an hour. */
export function reconcilerAlarms(stage: string): AlarmSpec[] {
  const hour = Duration.hours(1);
  return [
    // They are on the bus by now. But whatever lost them may go on losing.
    { kind: 'gap-found', metric: ourMetric('GapFound', reconcilerDimensions(stage), 'Sum', hour), threshold: 0 },
    {
      kind: 'reconciler-fails',
      metric: functionMetric(reconcilerName(stage), 'Errors', 'Sum', hour),
      threshold: 0,
      datapoints: 3,
      of: 3,
    },
  ];
}
