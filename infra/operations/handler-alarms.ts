import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { handlerDimensions, resolverDimensions } from '#shared/telemetry/metric-dimensions.ts';
import type { StageSettings } from '../configuration/settings.ts';
import type { AlarmSpec } from './alarm-spec.ts';
import { ourMetric, ourTotal } from './metrics.ts';

/**
 * Our own count of failures: with partial batch answers an invocation in which every record failed is a success for
 * Lambda. What crashes before it can count shows in the age of the queue and in the DLQ.
 */
export function handlerAlarms({ stage, alarms }: StageSettings): AlarmSpec[] {
  return [
    {
      kind: 'handlers-fail',
      metric: ourTotal(stage, 'Failed'),
      threshold: alarms.failuresPerFiveMinutes,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      datapoints: 3,
      of: 3,
    },
    {
      kind: 'unrecognized-type',
      // Each type once: one that keeps coming would otherwise keep the alarm on, and hide the next.
      metric: ourMetric('NewType', handlerDimensions(stage, UNRECOGNIZED)),
      threshold: 0,
    },
  ];
}

/** For stages that have a resolver. */
export function resolverAlarms(stage: string): AlarmSpec[] {
  const resolver = (name: string) => ourMetric(name, resolverDimensions(stage));
  return [
    { kind: 'resolver-parks', metric: resolver('Parked'), threshold: 0 },
    // Waiting is what it does when Stripe tells it to; a quarter of an hour of it makes events late.
    {
      kind: 'resolver-rate-limited',
      metric: resolver('Failed_stripe_rate_limited'),
      threshold: 0,
      datapoints: 3,
      of: 3,
    },
    { kind: 'resolver-breaker-open', metric: resolver('NotFoundBreakerOpen'), threshold: 0 },
  ];
}
