import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { partnerRuleName } from '#shared/naming/resource-names.ts';
import type { StageSettings } from '../configuration/settings.ts';
import type { AlarmSpec } from './alarm-spec.ts';
import { FIVE_MINUTES } from './metrics.ts';

/**
 * For each of Stripe's partner buses. What its rule could not deliver to the queue is in the DLQ, which has its alarm;
 * what went to neither is gone, for no archive is behind it.
 */
export function partnerAlarms({ stage, partnerEventSources }: StageSettings): AlarmSpec[] {
  return partnerEventSources.map(({ name, source }) => ({
    kind: 'partner-loses-events',
    subject: name,
    metric: new Metric({
      namespace: 'AWS/Events',
      metricName: 'InvocationsFailedToBeSentToDlq',
      dimensionsMap: { EventBusName: source, RuleName: partnerRuleName(stage) },
      statistic: 'Sum',
      period: FIVE_MINUTES,
    }),
    threshold: 0,
  }));
}
